import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { serveForParent } from './child-protocol.js';
import { freePort, stopSurvivor } from './survivor.js';

/** Without a port, a free one is taken. */
const [folder, given] = process.argv.slice(2) as [string, string?];

serveForParent(async () => {
  const pidFile = join(folder, 'nats-server.pid');
  await stopSurvivor(pidFile, 'nats-server');
  const port = given === undefined ? await freePort() : Number(given);
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, '-P', pidFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  let ready = false;
  for await (const line of server.stderr) {
    ready = String(line).includes('Server is ready');
    if (ready) break;
  }
  if (!ready) throw new Error(`nats-server did not start in ${folder}.`);
  server.stderr.resume();
  return {
    port,
    lost: exited.then(() => `nats-server stopped in ${folder}.`),
    stop: async () => {
      server.kill('SIGTERM');
      await exited;
    },
  };
});

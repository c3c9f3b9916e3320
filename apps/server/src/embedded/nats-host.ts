import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#embedded';
import { PASSWORD_VARIABLE, serveForParent } from './child-protocol.js';
import { stopSurvivor } from './survivor.js';

/** Without a port, a free one is taken. Without a password, everybody on this machine may come in. */
const [folder, given] = process.argv.slice(2) as [string, string?];
const password = process.env[PASSWORD_VARIABLE];
Reflect.deleteProperty(process.env, PASSWORD_VARIABLE);

serveForParent(async () => {
  const pidFile = join(folder, 'nats-server.pid');
  await stopSurvivor(pidFile, 'nats-server');
  const port = given === undefined ? await freePort() : Number(given);
  const server = spawn(
    'nats-server',
    ['-c', configurationFile(), '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, '-P', pidFile],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(server, 'exit');
  let ready = false;
  // A server whose lines nobody takes any more would end with the next one.
  for await (const line of server.stderr.iterator({ destroyOnReturn: false })) {
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

/** For the server alone: what it is started with is for all users to see. */
const configurationFile = (): string => {
  const file = join(folder, 'nats-server.conf');
  const user = { user: 'recount', password };
  // A file of before may be readable by others.
  rmSync(file, { force: true });
  writeFileSync(file, password === undefined ? '' : `authorization: ${JSON.stringify(user)}\n`, { mode: 0o600 });
  return file;
};

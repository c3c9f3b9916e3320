import { execFileSync } from 'node:child_process';

/** Specs need a real nats-server: on Debian it is installed where that is allowed; elsewhere, one line says what to do. */

const runs = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore', env });
    return true;
  } catch {
    return false;
  }
};

const install = (): boolean => {
  const [command, ...asRoot] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const unattended = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean => runs(command, [...asRoot, ...args], unattended);
  const installed = (): boolean => apt('install', '-y', '--no-install-recommends', 'nats-server');
  // A fresh machine may have no package lists, or old ones.
  return installed() || (apt('update') && installed());
};

if (!runs('nats-server', ['--version'])) {
  console.log('Installing nats-server, which the tests need.');
  if (!install() || !runs('nats-server', ['--version'])) {
    console.error('The tests need nats-server on the PATH: apt-get install nats-server, or https://nats.io/download.');
    process.exit(1);
  }
}

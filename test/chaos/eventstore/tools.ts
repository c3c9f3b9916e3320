/** Chaos: programs of the system that are not everywhere. */
import { spawnSync } from 'node:child_process';

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Whether the program is there; it is installed if that is allowed. */
export const hasTool = (program: string, debianPackage: string): boolean => {
  if (isThere(program)) return true;
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    console.log(`  installing ${debianPackage}`);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], { stdio: 'ignore' });
  }
  return isThere(program);
};

/** Answers the exit code. */
export const run = (program: string, ...args: readonly string[]): number => spawnSync(program, args).status ?? 1;

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_PATIENCE_MILLISECONDS = 20_000;

/**
 * A service whose supervisor was killed may still hold its folder: it is asked to stop, and waited for.
 * Process ids are used again, so only a process of that name is signalled.
 */
export const stopSurvivor = async (pidFile: string, name: string): Promise<void> => {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!runs(pid, name)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; runs(pid, name); waited += 50) {
    if (waited > STOP_PATIENCE_MILLISECONDS) throw new Error(`Another ${name} (process ${pid}) does not stop.`);
    await sleep(50);
  }
};

const runs = (pid: number, name: string): boolean => {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    return commandOf(pid).includes(name);
  } catch {
    return false;
  }
};

/** `ps` is not on every Linux, and `/proc` on Linux alone. @throws Error if there is no such process */
const commandOf = (pid: number): string =>
  process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/comm`, 'utf8')
    : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });

import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { StartRefused } from './embedded/data-folder.js';

/** For its owner alone, whole or not at all. Another file is never overwritten. @throws StartRefused */
export const writeFirstKey = (path: string, key: string): void => {
  const unfinished = `${path}.${process.pid}`;
  try {
    const file = openSync(unfinished, 'wx', 0o600);
    writeSync(file, `${key}\n`);
    fsyncSync(file);
    closeSync(file);
    linkSync(unfinished, path);
  } catch (error) {
    // Written by a start that was killed before it had said so.
    if (holds(path, key)) return;
    const reason = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'it exists' : (error as Error).message;
    throw new StartRefused(`The first API key cannot be written to ${path}: ${reason}. Set RECOUNT_FIRST_KEY_FILE.`);
  } finally {
    rmSync(unfinished, { force: true });
  }
};

const holds = (path: string, key: string): boolean => {
  try {
    return readFileSync(path, 'utf8') === `${key}\n`;
  } catch {
    return false;
  }
};

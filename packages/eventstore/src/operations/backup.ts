/** Operations: `--backup` copies a store, also beside a process that writes to it: what one snapshot shows, and checked. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';

import { openTablesToRead } from '../storage/tables.js';
import { OperationRefused, type Say } from './operation.js';
import { syncFolder } from '../storage/sync-folder.js';
import { verify } from './verify.js';

/** Whether the copy is right. */
export const backUp = async (folder: string, target: string, say: Say): Promise<boolean> => {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new OperationRefused(`${target} is not empty: a backup goes to a folder of its own.`);
  const tables = openTablesToRead(folder);
  mkdirSync(target, { recursive: true });
  try {
    await tables.root.backup(target, true);
    syncFolder(target);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  } finally {
    await tables.root.close();
  }
  return verify(target, say);
};

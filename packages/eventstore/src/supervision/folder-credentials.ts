/** Supervision: the credentials of a folder, `user:password` in a file that its owner alone can read. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { syncFolder } from '../storage/sync-folder.js';

export const CREDENTIALS_FILE = 'credentials';

const USER = 'recount';
const PASSWORD_BYTES = 24;

/** Made once, whole or not at all. To be called by whoever holds the folder's lock. */
export const credentialsOf = (folder: string): string => {
  const file = join(folder, CREDENTIALS_FILE);
  if (!existsSync(file)) make(folder, file);
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
};

const make = (folder: string, file: string): void => {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${USER}:${randomBytes(PASSWORD_BYTES).toString('base64url')}\n`, { mode: 0o600, flush: true });
  linkSync(draft, file);
  rmSync(draft);
  syncFolder(folder);
};

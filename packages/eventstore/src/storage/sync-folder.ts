/** Storage: makes a folder's entries durable. A power cut must not take a new file with it whose contents are on disk. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

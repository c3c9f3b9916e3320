/** Supervision: whether the disk has room for the store to work at all. */
import { statfsSync } from 'node:fs';

/** What opening a store and a few commits take, generously. */
const LEAST_BYTES = 1024 * 1024;
/** More than one transaction takes, and others on the disk while it lasts. */
const LEAST_BYTES_TO_WRITE = 16 * 1024 * 1024;

export const isDiskFull = (folder: string): boolean => hasLessThan(LEAST_BYTES, folder);

export const lacksRoom = (folder: string): boolean => hasLessThan(LEAST_BYTES_TO_WRITE, folder);

const hasLessThan = (bytes: number, folder: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < bytes;
  } catch {
    return false; // A disk that cannot be asked has another trouble, which will be told.
  }
};

/** Asked before LMDB is: it maps a file for its readers, and a disk without room for that ends the process by a signal. */
export const expectDiskSpace = (folder: string): void => {
  if (isDiskFull(folder)) throw Object.assign(new Error('The disk has no room.'), { code: 'ENOSPC' });
};

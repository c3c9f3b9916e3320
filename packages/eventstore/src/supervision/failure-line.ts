/** Supervision: what went wrong, in one line that says what to do about it. */
import { FolderInUse } from './folder-lock.js';

export interface Whereabouts {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  /** Asked only if an error does not tell its cause. */
  readonly isDiskFull: (folder: string) => boolean;
}

export const failureLine = (error: unknown, { folder, host, port, isDiskFull }: Whereabouts): string => {
  if (error instanceof FolderInUse) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const says = (...signs: string[]): boolean => signs.some((sign) => codeOf(error) === sign || message.includes(sign));
  if (says('EADDRINUSE')) return `Port ${port} on ${host} is taken by another program.`;
  if (says('listen EACCES')) return `No permission to listen on port ${port} of ${host}.`;
  if (says('EACCES', 'Permission denied', 'EPERM', 'Operation not permitted')) {
    return `No permission to read and write ${folder}.`;
  }
  // LMDB takes a write that the disk took in part for an I/O error.
  if (says('ENOSPC', 'No space left on device') || (says('Input/output error') && isDiskFull(folder))) {
    return `Disk full: the event store cannot write to ${folder}.`;
  }
  return `The event store in ${folder} failed: ${message.split('\n', 1)[0]}`;
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartRefused } from './data-folder.js';

const OTHERS = 0o001;
const GROUP = 0o010;
const OWNER = 0o100;

export interface OtherUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** As whom the embedded PostgreSQL runs when root starts it. Null where the user is still to be made. */
export const postgresUser = (): OtherUser | null => {
  const told = (what: string): number =>
    Number(execFileSync('id', [what, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { name: 'postgres', uid: told('-u'), gid: told('-g') };
  } catch {
    return null;
  }
};

/** A folder is of no use to a user who may not pass through those above it. @throws StartRefused */
export const checkPassage = (what: string, folder: string, remedy: string, user: OtherUser | null): void => {
  const closed = above(folder).find((path) => !mayPass(path, user));
  if (closed === undefined) return;
  throw new StartRefused(
    `The embedded PostgreSQL cannot enter ${what} ${folder}: root may not run it, so it runs as the user postgres, and ${closed} is closed to others. ` +
      `${remedy}, or start Recount as another user than root, or let others pass: chmod o+x ${closed}`,
  );
};

const above = (folder: string): string[] => {
  const parent = dirname(folder);
  return parent === folder ? [] : [...above(parent), parent];
};

const mayPass = (path: string, user: OtherUser | null): boolean => {
  const { mode, uid, gid } = statSync(path);
  const bit = uid === user?.uid ? OWNER : gid === user?.gid ? GROUP : OTHERS;
  return (mode & bit) !== 0;
};

import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkPassage, type OtherUser } from './passage.js';

/** Neither who runs the spec nor of their group. */
const NOBODY_HERE: OtherUser = { name: 'postgres', uid: 4_000_001, gid: 4_000_001 };

describe('the way of another user to a folder', () => {
  let top: string;
  let folder: string;

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'recount-passage-'));
    folder = join(top, 'private', 'data');
    mkdirSync(folder, { recursive: true });
    chmodSync(top, 0o711);
  });

  afterEach(() => rmSync(top, { recursive: true, force: true }));

  const check = (user: OtherUser | null) => () => checkPassage('the data folder', folder, 'Set RECOUNT_DATA_DIR', user);
  const close = (mode: number): void => chmodSync(join(top, 'private'), mode);

  it.each([NOBODY_HERE, null])('is closed by a private folder on it, which is named, with what to do: %j', (user) => {
    close(0o700);
    expect(check(user)).toThrow(
      `The embedded PostgreSQL cannot enter the data folder ${folder}: root may not run it, so it runs as the user postgres, and ${join(top, 'private')} is closed to others. ` +
        `Set RECOUNT_DATA_DIR, or start Recount as another user than root, or let others pass: chmod o+x ${join(top, 'private')}`,
    );
  });

  it('is open where all may pass, also through what they may not read', () => {
    close(0o711);
    expect(check(NOBODY_HERE)).not.toThrow();
  });

  it('is open to an owner, and to a group', () => {
    const { uid, gid } = statSync(folder);
    close(0o700);
    expect(check({ ...NOBODY_HERE, uid })).not.toThrow();
    close(0o710);
    expect(check({ ...NOBODY_HERE, gid })).not.toThrow();
    close(0o601);
    expect(check({ ...NOBODY_HERE, gid })).toThrow('is closed to others');
  });
});

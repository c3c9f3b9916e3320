import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FolderInUse, lockFolder } from './folder-lock.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recount-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Both ways run on Linux; only the first is used there. */
describe.each(['linux', 'darwin'] as const)('the lock of a folder, as on %s', (platform) => {
  const lock = (path: string, patienceMs = 0) => lockFolder(path, { patienceMs, platform });

  it('is held by one', async () => {
    const held = await lock(folder);
    await expect(lock(folder)).rejects.toThrow(FolderInUse);
    await held.release();
    await (await lock(folder)).release();
  });

  it('is that of the folder, not of its name', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    symlinkSync(data, join(folder, 'alias'));
    const held = await lock(data);
    await expect(lock(join(folder, 'alias'))).rejects.toThrow(FolderInUse);
    await held.release();
  });

  it('is waited for, if its holder is about to leave', async () => {
    const held = await lock(folder);
    const waiting = lock(folder, 5_000);
    await held.release();
    await (await waiting).release();
  });
});

it('a lock tells folders apart whose paths differ after a hundred letters', async () => {
  const deep = join(folder, 'x'.repeat(120));
  for (const name of ['a', 'b']) mkdirSync(join(deep, name), { recursive: true });
  const locks = [];
  for (const name of ['a', 'b']) locks.push(await lockFolder(join(deep, name), { patienceMs: 0 }));
  await expect(lockFolder(join(deep, 'a'), { patienceMs: 0 })).rejects.toThrow(FolderInUse);
  for (const held of locks) await held.release();
});

it('a socket file that a crash left behind holds nobody up', async () => {
  const crashed = createServer().listen(join(folder, 'crashed.sock'));
  await once(crashed, 'listening');
  renameSync(join(folder, 'crashed.sock'), join(folder, 'in-use.sock'));
  crashed.close();
  await (await lockFolder(folder, { patienceMs: 0, platform: 'darwin' })).release();
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LmdbStorage } from './lmdb-storage.js';
import { MemoryStorage } from './memory-storage.js';
import { describeStorage } from './storage.contract.js';
import { UnknownLayout } from './tables.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recount-storage-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describeStorage('in memory', () => new MemoryStorage());
describeStorage('on LMDB', () => LmdbStorage.open(folder));
describeStorage('on LMDB that remembers one stream', () => LmdbStorage.open(folder, { cachedStreams: 1 }));

describe('a folder of LMDB storage', () => {
  const write = (storage: LmdbStorage, stream: string): void =>
    storage.transaction(() => {
      const revision = storage.lastRevision(stream) + 1;
      storage.put({ stream, revision, position: storage.head + 1, record: Buffer.from(`${stream}/${revision}`) });
    });

  it('can be opened again', async () => {
    const first = LmdbStorage.open(folder);
    for (const stream of ['a', 'b', 'a']) write(first, stream);
    await first.close();
    const second = LmdbStorage.open(folder);
    expect([second.head, second.lastRevision('a'), second.lastRevision('b')]).toEqual([3, 1, 0]);
    for (const stream of ['b', 'c']) write(second, stream);
    const records = [...second.events(1, 'forward')].map(({ record }) => record.toString());
    expect(records).toEqual(['a/0', 'b/0', 'a/1', 'b/1', 'c/0']);
    await second.close();
  });

  it('is refused if another version wrote it in a way that this one does not know', async () => {
    await LmdbStorage.open(folder).close();
    const environment = open<Buffer, Buffer>({
      path: folder,
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    const about = environment.openDB<Buffer, Buffer>({ name: 'about', encoding: 'binary', keyEncoding: 'binary' });
    about.putSync(Buffer.from('layout'), Buffer.from('3'));
    await environment.close();
    expect(() => LmdbStorage.open(folder)).toThrow(UnknownLayout);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { streamNameKey } from '../storage/keys.js';
import { openTables, openTablesToRead, type Tables } from '../storage/tables.js';
import { type ExportedEvent } from './exported-event.js';
import { event, stream } from './given-events.js';
import { type Imported, importToFolder } from './local-store.js';
import { verify } from './verify.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recount-verify-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fill = (...events: ExportedEvent[]): Promise<Imported> => importToFolder(folder, stream(...events));

const check = async (): Promise<{ isWell: boolean; said: string[] }> => {
  const said: string[] = [];
  return { isWell: await verify(folder, (line) => said.push(line)), said };
};

describe('a verification', () => {
  const damaged = async (damage: (tables: Tables) => unknown): Promise<{ isWell: boolean; said: string[] }> => {
    await fill(event('a', 0), event('b', 0), event('a', 1), event('a', 2));
    const tables = openTables(folder);
    tables.root.transactionSync(() => void damage(tables));
    await tables.root.close();
    return check();
  };
  const entryOf = ({ streamEvents }: Tables, index: number) => [...streamEvents.getRange()][index]!;
  const recordOf = ({ events }: Tables, index: number) => [...events.getRange()][index]!;

  it('finds nothing wrong with a store that is right', async () => {
    await expect(damaged(() => undefined)).resolves.toMatchObject({ isWell: true });
  });

  it.each<[string, (tables: Tables) => unknown, RegExp]>([
    ['an event is gone', (it) => it.events.removeSync(recordOf(it, 1).key), /Position 3 follows position 1/u],
    ['the last event is gone', (it) => it.events.removeSync(recordOf(it, 3).key), /The log has 3 events/u],
    ['an entry is gone', (it) => it.streamEvents.removeSync(entryOf(it, 1).key), /is not in its index/u],
    [
      'an entry leads elsewhere',
      (it) => it.streamEvents.putSync(entryOf(it, 0).key, entryOf(it, 1).value),
      /is at position 1, its index says 3/u,
    ],
    ['a name is gone', (it) => it.streams.removeSync(streamNameKey('b')), /1 streams have a name, 2 have events/u],
    [
      'a record is cut',
      (it) => it.events.putSync(recordOf(it, 0).key, recordOf(it, 0).value.subarray(0, -3)),
      /event at position 1 is damaged/u,
    ],
    [
      'a record is another one',
      (it) => it.events.putSync(recordOf(it, 0).key, Buffer.from(recordOf(it, 2).value)),
      /position 1 says that it is at 3/u,
    ],
  ])('finds that %s', async (_, damage, finding) => {
    const { isWell, said } = await damaged(damage);
    expect(isWell).toBe(false);
    expect(said.join('\n')).toMatch(finding);
  });

  it('is of a store', () => {
    expect(() => openTablesToRead(join(folder, 'none'))).toThrow('There is no event store');
  });

  describe('of a store that was never used, as a kill at its birth leaves it', () => {
    it('is refused for an empty file', () => {
      writeFileSync(join(folder, 'data.mdb'), '');
    });

    it('is refused for a file without tables', async () => {
      await open({ path: folder, noSubdir: false, encoding: 'binary', keyEncoding: 'binary' }).close();
    });

    afterEach(async () => {
      expect(() => openTablesToRead(folder)).toThrow('was never used');
      await expect(fill(event('a', 0))).resolves.toEqual({ written: 1, there: 0 });
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { event, stream } from '../operations/given-events.js';
import { eventsOfFolder, importToFolder } from '../operations/local-store.js';
import { verify } from '../operations/verify.js';
import { LmdbStorage } from './lmdb-storage.js';
import { openRecord, recordIn, sealRecord } from './sealed-record.js';
import { openTables, openTablesToRead, type Table } from './tables.js';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recount-damage-'));
  await importToFolder(folder, stream(event('a', 0), event('b', 0), event('a', 1), event('a', 2)));
});

afterEach(() => rmSync(folder, { recursive: true }));

const change = async (work: (events: Table) => void): Promise<void> => {
  const tables = openTables(folder);
  tables.root.transactionSync(() => work(tables.events));
  await tables.root.close();
};

/** Of the event at a position, the bit of a byte, counted from its end. */
const flip = (position: number, byteFromEnd: number): Promise<void> =>
  change((events) => {
    const { key, value } = [...events.getRange()][position - 1]!;
    const changed = Buffer.from(value);
    changed[changed.length - byteFromEnd]! ^= 1;
    events.putSync(key, changed);
  });

const check = async (): Promise<string> => {
  const said: string[] = [];
  await verify(folder, (line) => said.push(line));
  return said.join('\n');
};

describe('a changed byte', () => {
  it('anywhere in a record is found as it is read, and by a verification, with its place', () => {
    const sealed = sealRecord(Buffer.from('an event, whatever it says'));
    expect(openRecord(sealed, 1)).toEqual(Buffer.from('an event, whatever it says'));
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1 << (at % 8);
      expect(() => openRecord(changed, 7)).toThrow('The event at position 7 is damaged');
    }
    expect(() => openRecord(sealed.subarray(0, -1), 7)).toThrow('damaged');
  });

  it('within a body, which could be one of another event, is told with stream and revision', async () => {
    await flip(3, 5);
    expect(await check()).toMatch(/position 3 is damaged: .*It says that it is event 1 of stream a\./u);
  });

  it('refuses those who read it, and nobody else', async () => {
    await flip(3, 5);
    const storage = LmdbStorage.open(folder);
    const stored = (of: string) => [...storage.streamEvents(of, 0, 'forward')].length;
    expect(stored('b')).toBe(1);
    expect(() => stored('a')).toThrow('The event at position 3 is damaged');
    expect(() => [...storage.events(1, 'forward')]).toThrow('position 3');
    expect(storage.lastRevision('a')).toBe(2);
    await storage.close();
  });

  it('does not get into an export', async () => {
    await flip(1, 5);
    await expect(Array.fromAsync(eventsOfFolder(folder))).rejects.toThrow('position 1');
  });
});

describe('a folder of the layout before', () => {
  const asBefore = async (): Promise<void> => {
    await change((events) => {
      for (const { key, value } of [...events.getRange()]) events.putSync(key, Buffer.from(recordIn(value)));
    });
    await setLayout('1');
  };
  const setLayout = async (layout: string): Promise<void> => {
    const root = open<Buffer, Buffer>({ path: folder, noSubdir: false, encoding: 'binary', keyEncoding: 'binary' });
    const about = root.openDB<Buffer, Buffer>({ name: 'about', encoding: 'binary', keyEncoding: 'binary' });
    about.putSync(Buffer.from('layout'), Buffer.from(layout));
    await root.close();
  };
  const exported = async () => (await Array.fromAsync(eventsOfFolder(folder))).map(({ id }) => id);

  it('is upgraded as it is opened, and says so; whoever only reads it is told', async () => {
    const before = await exported();
    await asBefore();
    expect(() => openTablesToRead(folder)).toThrow('layout 1, without checksums: serve the folder once');
    let told = 0;
    await LmdbStorage.open(folder, { onUpgrade: () => told++ }).close();
    expect(told).toBe(1);
    expect(await exported()).toEqual(before);
    expect(await check()).toContain('4 events in 2 streams, all is right');
    await LmdbStorage.open(folder, { onUpgrade: () => told++ }).close();
    expect(told).toBe(1);
  });

  it('goes on with an upgrade that was interrupted', async () => {
    const before = await exported();
    await asBefore();
    await LmdbStorage.open(folder).close();
    await change((events) => {
      const [first] = [...events.getRange()];
      events.putSync(first!.key, Buffer.from(recordIn(first!.value)));
    });
    await setLayout('1');
    await LmdbStorage.open(folder).close();
    expect(await exported()).toEqual(before);
  });
});

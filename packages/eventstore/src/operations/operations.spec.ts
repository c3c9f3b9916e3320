import { binaryEvent, EventStoreDBClient, jsonEvent, StreamDeletedError } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type ExportedEvent } from './exported-event.js';
import { event, stream } from './given-events.js';
import { readExport, writeExport } from './export-file.js';
import { eventsOfFolder, importToFolder } from './local-store.js';
import { operate, type Operation } from './operate.js';
import { StartedStore } from '../supervision/started-store.js';

let place: string;
const folder = (name: string): string => join(place, name);

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'recount-operations-'));
});

afterEach(() => rmSync(place, { recursive: true }));

const run = async (operation: Operation): Promise<{ isWell: boolean; said: string[] }> => {
  const said: string[] = [];
  return { isWell: await operate(operation, (line) => said.push(line)), said };
};

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** With bodies as buffers, to be compared. */
const plain = (events: readonly ExportedEvent[]) =>
  events.map((it) => ({ ...it, data: Buffer.from(it.data), metadata: Buffer.from(it.metadata) }));

const fill = (name: string, ...events: ExportedEvent[]) => importToFolder(folder(name), stream(...events));

const serving = async (
  name: string,
  work: (client: EventStoreDBClient, url: string) => Promise<unknown>,
): Promise<void> => {
  const args = ['--data', folder(name), '--port', '0', '--insecure', '--log-level', 'fatal'];
  const store = await StartedStore.start(...args);
  const url = `esdb://127.0.0.1:${store.port}?tls=false`;
  const client = EventStoreDBClient.connectionString(url);
  try {
    await work(client, url);
  } finally {
    await client.dispose();
    await store.stop();
  }
};

describe('an export', () => {
  const BODIES = ['', '{"a":1}', '{"a": 1}', '1e400', '{"2":1,"1":2}', '"\\ud800"', 'not JSON', '[9007199254740993]'];

  it.each(BODIES)('brings every byte back: %j', async (text) => {
    const given = [event('a', 0, { data: Buffer.from(text), metadata: Buffer.from(text) })];
    await writeExport(folder('file'), stream(...given));
    expect(plain(await collect(readExport(folder('file'))))).toEqual(plain(given));
  });

  it('brings bytes back that are no text, and names of every kind', async () => {
    const given = [event('ä\n"\u{1f600}', 3, { data: Buffer.from([0, 255, 128]), isJson: false, type: '\u2028' })];
    await writeExport(folder('file'), stream(...given));
    expect(plain(await collect(readExport(folder('file'))))).toEqual(plain(given));
  });

  it('is of a folder what an import makes of it elsewhere', async () => {
    const given = [event('a', 0), event('b', 0), event('a', 1), event('$$b', 0, { type: '$metadata' })];
    await fill('one', ...given, event('b', 2 ** 63, { type: '$streamDeleted' }));
    await run({ kind: 'export', file: folder('file'), from: { folder: folder('one') } });
    await run({ kind: 'import', file: folder('file'), to: { folder: folder('two') } });
    const [one, two] = [await collect(eventsOfFolder(folder('one'))), await collect(eventsOfFolder(folder('two')))];
    expect(one).toHaveLength(5);
    expect(plain(two)).toEqual(plain(one));
    await expect(run({ kind: 'verify', folder: folder('two') })).resolves.toMatchObject({ isWell: true });
  });

  it.each([
    ['cut within a line', (text: string) => text.slice(0, -30), /not an object of JSON|not whole/u],
    ['cut at a line', (text: string) => text.split('\n').slice(0, -2).join('\n'), /not whole/u],
    ['without a line', (text: string) => text.split('\n').toSpliced(2, 1).join('\n'), /not whole/u],
    ['something else', () => '{}\n', /not an export/u],
    ['with a wrong line', (text: string) => text.replace('"revision":1', '"revision":-1'), /line 3: "revision"/u],
  ])('that is %s is refused', async (_, damage, message) => {
    await writeExport(folder('file'), stream(event('a', 0), event('a', 1), event('a', 2)));
    writeFileSync(folder('file'), damage(readFileSync(folder('file'), 'utf8')));
    await expect(collect(readExport(folder('file')))).rejects.toThrow(message);
  });
});

describe('an import', () => {
  it('that was interrupted goes on when it is repeated', async () => {
    const given = [event('a', 0), event('a', 1), event('b', 0)];
    await fill('one', ...given.slice(0, 2));
    await expect(fill('one', ...given)).resolves.toEqual({ written: 1, there: 2 });
  });

  it.each([
    ['another event at a revision', [event('a', 0), event('a', 0)], /another event at revision 0/u],
    ['a gap', [event('a', 0), event('a', 2)], /revision 2 cannot follow/u],
  ])('of %s is refused', async (_, events, message) => {
    await expect(fill('one', ...events)).rejects.toThrow(message);
  });

  it('takes streams whose first events are gone', async () => {
    await fill('one', event('a', 7), event('a', 8));
    const { isWell, said } = await run({ kind: 'verify', folder: folder('one') });
    expect([isWell, said[0]]).toEqual([true, '1 streams begin after revision 0.']);
  });

  it('is refused while the store is served', async () => {
    await writeExport(folder('file'), stream(event('a', 0)));
    await serving('one', () =>
      expect(run({ kind: 'import', file: folder('file'), to: { folder: folder('one') } })).rejects.toThrow('in use'),
    );
  });
});

it('a server is exported, and imported to, with all that its streams went through', async () => {
  await serving('one', async (client, url) => {
    await client.appendToStream('a', [jsonEvent({ type: 'A', data: { n: 1 }, metadata: { m: 1 } })]);
    await client.setStreamMetadata('a', { maxCount: 2, mine: 'x' });
    await client.appendToStream(
      'a',
      [1, 2].map(() => binaryEvent({ type: 'B', data: Buffer.from([255]) })),
    );
    await client.deleteStream('a');
    await client.appendToStream('a', jsonEvent({ type: 'C', data: [] }));
    await client.appendToStream('b', jsonEvent({ type: 'D', data: {} }));
    await client.tombstoneStream('b');
    await run({ kind: 'export', file: folder('file'), from: { server: url } });
  });
  await serving('two', async (client, url) => {
    const again = { kind: 'import', file: folder('file'), to: { server: url } } as const;
    await expect(run(again)).resolves.toMatchObject({ isWell: true });
    const { said } = await run(again);
    expect(said).toEqual([expect.stringMatching(/^0 events imported from \S+, \d+ were there already\.$/u)]);
    await expect(client.appendToStream('b', jsonEvent({ type: 'D', data: {} }))).rejects.toThrow(StreamDeletedError);
  });
  const facts = async (name: string) =>
    plain(await collect(eventsOfFolder(folder(name)))).map(({ created: _, id, type, ...it }) => ({
      ...it,
      type,
      // What a server writes by itself has an id of that server.
      id: type.startsWith('$') ? '' : id,
    }));
  const found = await facts('one');
  expect(found.length).toBeGreaterThanOrEqual(9);
  expect(await facts('two')).toEqual(found);
});

it('a backup beside a writer is a whole store of some moment', async () => {
  await serving('one', async (client) => {
    let stopped = false;
    let acknowledged = 0;
    const writing = (async () => {
      while (!stopped) {
        await client.appendToStream('a', [jsonEvent({ type: 'A', data: 'x'.repeat(5_000) })]);
        acknowledged++;
      }
    })();
    while (acknowledged < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = acknowledged;
    await expect(run({ kind: 'backup', folder: folder('one'), target: folder('copy') })).resolves.toMatchObject({
      isWell: true,
    });
    stopped = true;
    await writing;
    const copied = await collect(eventsOfFolder(folder('copy')));
    expect(copied.length).toBeGreaterThanOrEqual(before);
    expect(copied.length).toBeLessThanOrEqual(acknowledged);
  });
  await expect(run({ kind: 'backup', folder: folder('one'), target: folder('copy') })).rejects.toThrow('not empty');
});

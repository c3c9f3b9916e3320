import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { BUILT, StartedStore } from '../supervision/started-store.js';
import { type ExportedEvent } from './exported-event.js';
import { writeExport } from './export-file.js';
import { event, stream } from './given-events.js';
import { importToFolder } from './local-store.js';
import { eventsOfServer } from './remote-events.js';
import { importToServer } from './remote-import.js';

const EVENTS = 6_000;
const STREAMS = 97;
const LOOK_MILLISECONDS = 2;

/** Streams take turns, with one to five neighbours each, as appends leave them. */
const history = (count: number): ExportedEvent[] => {
  const events: ExportedEvent[] = [];
  const revisions = new Map<string, number>();
  for (let turn = 0; events.length < count; turn++) {
    const name = `account-${(turn * 31) % STREAMS}`;
    for (let neighbours = 1 + (turn % 5); neighbours > 0; neighbours--) {
      const revision = revisions.get(name) ?? 0;
      revisions.set(name, revision + 1);
      events.push(event(name, revision, { data: Buffer.from(`{"turn":${turn}}`) }));
    }
  }
  return events;
};

describe('an import to a server', () => {
  let place: string;
  let store: StartedStore;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'recount-import-'));
    await serve();
  });

  afterEach(async () => {
    await client.dispose();
    await store.stop();
    rmSync(place, { recursive: true });
  });

  const serve = async (port = 0): Promise<void> => {
    const args = ['--data', join(place, 'store'), '--port', String(port), '--insecure', '--log-level', 'silent'];
    store = await StartedStore.start(...args);
    client = EventStoreDBClient.connectionString(url());
  };
  const url = (): string => `esdb://127.0.0.1:${store.port}?tls=false`;
  const found = async (): Promise<string[]> => (await Array.fromAsync(eventsOfServer(url()))).map(placeOf);
  const placeOf = ({ stream: name, revision, id }: ExportedEvent): string => `${name}@${revision} ${id}`;
  /** The position of this store counts events. */
  const size = async (): Promise<number> => {
    let last = 0n;
    const end = client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
    for await (const { event: it } of end) last = it!.position.commit;
    return Number(last);
  };
  const grown = async (to: number): Promise<void> => {
    while ((await size()) < to) await sleep(LOOK_MILLISECONDS);
  };

  it('goes on wherever it was killed: nothing is lost, doubled or in another place', async () => {
    const events = history(EVENTS);
    const file = join(place, 'export');
    await writeExport(file, stream(...events));
    const halves: number[] = [];
    for (let kill = 1; kill <= 4; kill++) {
      const child = spawn(process.execPath, [BUILT, '--to', url(), '--import', file], { stdio: 'ignore' });
      await grown((EVENTS * kill) / 6);
      child.kill('SIGKILL');
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBeNull();
      halves.push(await size());
    }
    expect(halves.every((some) => some < EVENTS)).toBe(true);
    // What the last one had sent may still be on its way to the log.
    const { written, there } = await importToServer(url(), stream(...events));
    expect(written + there).toBe(EVENTS);
    expect(there).toBeGreaterThanOrEqual(halves.at(-1)!);
    expect(await found()).toEqual(events.map(placeOf));
    await expect(importToServer(url(), stream(...events))).resolves.toEqual({ written: 0, there: EVENTS });
  });

  it('goes on when its server was killed', async () => {
    const events = history(EVENTS);
    const first = importToServer(url(), stream(...events));
    const failing = expect(first).rejects.toThrow();
    await grown(EVENTS / 3);
    const { port } = store;
    await store.kill();
    await failing;
    await client.dispose();
    await serve(port);
    const { there } = await importToServer(url(), stream(...events));
    expect(there).toBeGreaterThanOrEqual(EVENTS / 3);
    expect(there).toBeLessThan(EVENTS);
    expect(await found()).toEqual(events.map(placeOf));
  });

  it.each(['kurrentdb', 'kurrent', 'kdb', 'esdb'])('takes the scheme %s, as an export from it does', async (scheme) => {
    const named = url().replace('esdb', scheme);
    await importToServer(named, stream(event('a', 0)));
    await expect(Array.fromAsync(eventsOfServer(named))).resolves.toHaveLength(1);
  });

  it('goes on within the neighbours of a stream, and beside events of others', async () => {
    const events = [event('a', 0), event('a', 1), event('a', 2), event('b', 0)];
    await client.appendToStream('other', jsonEvent({ type: 'Other', data: {} }));
    await importToServer(url(), stream(...events.slice(0, 2)));
    await client.appendToStream('other', jsonEvent({ type: 'Other', data: {} }));
    await expect(importToServer(url(), stream(...events))).resolves.toEqual({ written: 2, there: 2 });
    const own = (await found()).filter((it) => !it.startsWith('other'));
    expect(own).toEqual(events.map(placeOf));
  });

  it.each([
    ['another event at a revision', [event('a', 0), event('b', 0)], /revision 0 of stream b: it has other events/u],
    ['a gap', [event('a', 0), event('a', 2)], /revision 0 of stream a|revision 2 of stream a/u],
  ])('of %s is refused', async (_, events, message) => {
    await client.appendToStream('b', jsonEvent({ type: 'Other', data: {} }));
    const many = Array.from({ length: 50 }, (__, revision) => event('c', revision));
    await expect(importToServer(url(), stream(...events, ...many))).rejects.toThrow(message);
  });

  it('is refused where the server has the same events in another order', async () => {
    const events = [event('a', 0), event('b', 0), event('c', 0)];
    await client.dispose();
    await store.stop();
    await importToFolder(join(place, 'store'), stream(events[1]!, events[0]!));
    await serve();
    await expect(importToServer(url(), stream(...events))).rejects.toThrow(/before events that come before it/u);
    expect(await found()).toEqual([events[1]!, events[0]!].map(placeOf));
  });

  it('takes events of a MiB, and as many as there are, without holding them all', async () => {
    const data = Buffer.from(JSON.stringify('x'.repeat(900_000)));
    let held = 0;
    async function* large(): AsyncGenerator<ExportedEvent> {
      for (let index = 0; index < 40; index++) {
        held = Math.max(held, index - (await size()));
        yield event(`large-${index % 7}`, Math.floor(index / 7), { data });
      }
    }
    await expect(importToServer(url(), large())).resolves.toEqual({ written: 40, there: 0 });
    expect(held).toBeLessThan(10);
  });
});

/** Chaos: kill -9 at random moments, also while it starts, under 64 concurrent writers and one subscriber. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDbLog } from '#event-store';
import { checkAll, isRight, Journal, told } from './journal.js';
import { StoreProcess } from './store-process.js';
import { readStored } from './stored.js';

const KILLS = Number(process.env['CHAOS_KILLS'] ?? 200);
const WRITERS = 64;
const LONGEST_LIFE_MS = 600;
/** Of so many starts one is killed before it is ready. */
const EARLY_KILL = 10;
const LONGEST_START_MS = 600;

/** One attempt, no patience: the journal decides what is repeated. */
export const IMPATIENT = { appends: { retryWithinMs: 0, attemptMs: 5_000 } };

export const killStore = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-chaos-'));
  let store = new StoreProcess(folder, 0);
  const port = (await store.port)!;
  const log = new EventStoreDbLog(`esdb://127.0.0.1:${port}?tls=false`, IMPATIENT);
  const journals = Array.from({ length: WRITERS }, (_, writer) => new Journal(`writer-${writer}`, writer % 2 === 0));
  const over = new AbortController();
  const seen: string[] = [];
  const watching = watch(log, seen, over.signal);
  const writing = Promise.all(journals.map((journal) => journal.write(log, () => over.signal.aborted)));
  for (let kills = 0; kills < KILLS; kills++) {
    await delay(Math.random() * LONGEST_LIFE_MS);
    await store.kill();
    store = new StoreProcess(folder, port);
    if (kills % EARLY_KILL === 1) await delay(Math.random() * LONGEST_START_MS);
    else await store.port;
    if (kills % 20 === 19) console.log(`  ${kills + 1} kills, ${acknowledged(journals)} events acknowledged`);
  }
  await store.port;
  await delay(LONGEST_LIFE_MS);
  over.abort();
  await writing;
  await watching;
  await log.dispose();
  await store.stop();

  const stored = await readStored(folder);
  const found = checkAll(journals, stored.streams);
  const ghosts = seen.filter((id, index) => stored.log[index] !== id).length;
  console.log(
    `kills: ${KILLS} kills under ${WRITERS} writers, ${acknowledged(journals)} events acknowledged: ${told(found)}`,
  );
  console.log(`  a subscriber saw ${seen.length} events, of which ${ghosts} were not flushed or out of order`);
  console.log(`  the store is ${stored.isInOrder ? '' : 'NOT '}in order`);
  const isWell = isRight(found) && ghosts === 0 && stored.isInOrder;
  if (isWell) rmSync(folder, { recursive: true });
  return isWell;
};

const acknowledged = (journals: readonly Journal[]): number =>
  journals.reduce((sum, journal) => sum + journal.acknowledged, 0);

/** Whatever was shown must be there for good, at the same place: so nothing is shown before it is flushed. */
const watch = async (log: EventStoreDbLog, seen: string[], signal: AbortSignal): Promise<void> => {
  const filter = { streamPrefixes: ['writer-'] };
  for await (const { events } of log.subscribe({ filter, batchSize: 500, signal }))
    for (const { id } of events) seen.push(id);
};

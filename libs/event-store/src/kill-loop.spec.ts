import { expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';

import { AppendOutcomeUnknown, type ProposedEvent } from '#kernel';
import { anEvent, collect } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';
import { WAYS } from './ways.contract.js';

const WRITERS = 16;
const KILLS = 4;
const LONGEST_LIFE_MS = 700;

/** What a writer sent, in order, and how much of it was acknowledged; the last append may have been cut off. */
interface Journal {
  readonly stream: string;
  readonly sent: ProposedEvent[];
  acknowledged: number;
}

/** As every user of the port does: what is unknown is asked again, unchanged. */
const appendUntilKnown = async (
  log: EventStoreDbLog,
  ...append: Parameters<EventStoreDbLog['append']>
): Promise<void> => {
  try {
    await log.append(...append);
  } catch (error) {
    if (!(error instanceof AppendOutcomeUnknown)) throw error;
    await appendUntilKnown(log, ...append);
  }
};

/** Appends of one to five events, each at the revision after the one before, until told to stop. */
const write = async (log: EventStoreDbLog, journal: Journal, stopped: () => boolean): Promise<void> => {
  while (!stopped()) {
    const from = journal.sent.length;
    const events = Array.from({ length: 1 + (from % 5) }, (_, index) => anEvent(from + index));
    journal.sent.push(...events);
    await appendUntilKnown(log, journal.stream, events, from === 0 ? 'no_stream' : from - 1);
    journal.acknowledged = journal.sent.length;
  }
};

it.each(WAYS)(
  'what was acknowledged by %s survives kill -9 at any moment, once, and no append is there in part',
  async (way) => {
    const store = await TemporaryEventStore.start();
    const log = new EventStoreDbLog(store.connectionString, { way });
    try {
      const journals = Array.from({ length: WRITERS }, (_, writer): Journal => ({
        stream: `account-${writer}`,
        sent: [],
        acknowledged: 0,
      }));
      let stopped = false;
      const writing = Promise.all(journals.map((journal) => write(log, journal, () => stopped)));
      for (let kill = 0; kill < KILLS; kill++) {
        await delay(Math.random() * LONGEST_LIFE_MS);
        await store.kill();
        await store.start();
      }
      stopped = true;
      await writing;
      for (const { stream, sent, acknowledged } of journals) {
        const stored = await collect(log.readStream(stream));
        expect(acknowledged).toBeGreaterThan(0);
        expect(stored.map(({ id }) => id)).toEqual(sent.slice(0, acknowledged).map(({ id }) => id));
        expect(stored.map(({ revision }) => revision)).toEqual(sent.slice(0, acknowledged).map((_, index) => index));
      }
    } finally {
      await log.dispose();
      await store.remove();
    }
  },
  60_000,
);

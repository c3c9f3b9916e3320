import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type EventBatch, type EventLog, type LogFilter } from '#kernel';

import { aStream, anEvent, events } from './samples.js';

/** Batches until one of them satisfies, and that one. */
export const batchesUntil = async (
  log: EventLog,
  options: { readonly filter: LogFilter; readonly after?: bigint; readonly batchSize?: number },
  satisfied: (batch: EventBatch, all: readonly EventBatch[]) => boolean,
): Promise<EventBatch[]> => {
  const batches: EventBatch[] = [];
  const { signal } = new AbortController();
  for await (const batch of log.subscribe({ batchSize: 100, signal, ...options })) {
    batches.push(batch);
    if (satisfied(batch, batches)) break;
  }
  return batches;
};

export const numbersIn = (batches: readonly EventBatch[]): unknown[] =>
  batches.flatMap(({ events }) => events.map(({ data }) => data.number));

/** What every event log must do for those who follow it. Ids in brackets name section and row of the protocol notes. */
export const describeSubscriptions = (name: string, open: () => EventLog): void => {
  describe(`a subscription to the event log on ${name}`, () => {
    let log: EventLog;
    let category: string;
    let filter: LogFilter;

    beforeAll(() => {
      log = open();
      category = aStream('followed');
      filter = { streamPrefixes: [category] };
    });

    afterAll(() => log.dispose());

    it('delivers what is there, then says that it has caught up [2.7-caught-up]', async () => {
      await log.append(`${category}-a`, events(3), 'no_stream');
      const batches = await batchesUntil(log, { filter }, ({ caughtUp }) => caughtUp);
      expect(numbersIn(batches)).toEqual([0, 1, 2]);
      expect(batches.slice(0, -1).every(({ caughtUp }) => !caughtUp)).toBe(true);
    });

    it('says so also where there is nothing to deliver', async () => {
      const [batch] = await batchesUntil(log, { filter: { streamPrefixes: [aStream()] } }, ({ caughtUp }) => caughtUp);
      expect(batch?.events).toEqual([]);
    });

    it('delivers what comes, one by one, without waiting for more', async () => {
      const lone = aStream('lone');
      const writing: Promise<unknown>[] = [];
      const batches = await batchesUntil(log, { filter: { streamPrefixes: [lone] } }, ({ caughtUp }, all) => {
        const received = numbersIn(all).length;
        if (caughtUp && writing.length === received) writing.push(log.append(lone, [anEvent(received)], 'any'));
        return received === 3;
      });
      await Promise.all(writing);
      expect(numbersIn(batches)).toEqual([0, 1, 2]);
    });

    it('begins after a position, itself excluded [2.7-exclusive]', async () => {
      const stream = aStream(category);
      const { position } = await log.append(stream, events(1), 'no_stream');
      await log.append(stream, [anEvent(7)], 0);
      const batches = await batchesUntil(log, { filter, after: position }, (_, all) => numbersIn(all).length > 0);
      expect(numbersIn(batches)).toEqual([7]);
    });

    it('goes on, from the position of any of its batches, with what that batch did not have', async () => {
      const type = aStream('Type');
      await log.append(aStream(), events(20, type), 'no_stream');
      const wanted = { filter: { typePrefixes: [type] }, batchSize: 3 };
      const numbers: unknown[] = [];
      let after = 0n;
      while (numbers.length < 20) {
        const [batch] = await batchesUntil(log, { ...wanted, after }, ({ events: some }) => some.length > 0);
        expect(batch?.events.length).toBeLessThanOrEqual(3);
        numbers.push(...numbersIn(batch === undefined ? [] : [batch]));
        after = batch?.position ?? after;
      }
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, number) => number));
    });

    it('tells how far it has looked, also where nothing is wanted [2.7-checkpoint]', async () => {
      const { position } = await log.append(aStream(), events(1), 'no_stream');
      const looked = await batchesUntil(
        log,
        { filter: { streamPrefixes: [aStream()] } },
        (batch) => batch.position >= position,
      );
      expect(numbersIn(looked)).toEqual([]);
    });

    it('tells so while it is live, too', async () => {
      const quiet = { streamPrefixes: [aStream()] };
      const told = new AbortController();
      let appended: Promise<bigint> | undefined;
      let target: bigint | undefined;
      let reached = 0n;
      // Whichever comes first, the answer to the append or the news of it.
      const leaveOnceTold = (): void => {
        if (target !== undefined && reached >= target) told.abort();
      };
      for await (const batch of log.subscribe({ filter: quiet, batchSize: 100, signal: told.signal })) {
        reached = batch.position;
        if (batch.caughtUp) {
          appended ??= log.append(aStream(), events(1), 'no_stream').then(({ position }) => {
            target = position;
            leaveOnceTold();
            return position;
          });
        }
        leaveOnceTold();
      }
      expect(reached).toBeGreaterThanOrEqual(await appended!);
    });

    it('moves forward only, and never over an event that it has not delivered', async () => {
      const stream = aStream(category);
      const writing = Promise.all(
        Array.from({ length: 30 }, async (_, number) => {
          await log.append(aStream('other'), [anEvent()], 'any');
          await log.append(stream, [anEvent(number)], 'any');
        }),
      );
      const wanted = { filter: { streamPrefixes: [stream] }, batchSize: 4 };
      const batches = await batchesUntil(log, wanted, (_, all) => numbersIn(all).length === 30);
      await writing;
      let position = 0n;
      for (const batch of batches) {
        for (const event of batch.events) expect(event.position).toBeGreaterThan(position);
        expect(batch.position).toBeGreaterThanOrEqual(batch.events.at(-1)?.position ?? position);
        position = batch.position;
      }
    });

    it('ends when it is told to, also while it waits', async () => {
      const abort = new AbortController();
      const options = { filter, batchSize: 10, signal: abort.signal };
      for await (const { caughtUp } of log.subscribe(options)) if (caughtUp) setImmediate(() => abort.abort());
      expect(abort.signal.aborted).toBe(true);
    });

    it('holds back what its consumer does not take, and delivers all of it in the end', async () => {
      const stream = aStream('plenty');
      for (let revision = -1; revision < 11_999; revision += 2_000) {
        await log.append(stream, events(2_000), revision < 0 ? 'no_stream' : revision);
      }
      let delivered = 0;
      const wanted = { filter: { streamPrefixes: [stream] }, batchSize: 500 };
      await batchesUntil(log, wanted, ({ events: some, caughtUp }) => {
        delivered += some.length;
        return caughtUp && delivered > 0;
      });
      expect(delivered).toBe(12_000);
    }, 30_000);
  });
};

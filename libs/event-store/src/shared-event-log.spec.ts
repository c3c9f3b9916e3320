import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { EventLogLayer, type ProposedEvent, type SubscribeOptions } from '#kernel';
import { InMemoryEventLog } from '#testing';

import { SharedEventLog } from './shared-event-log.js';
import { type SizedBatch } from './subscription-session.js';

/** Counts who reads the log for themselves, and fails whom it is told to. */
class CountedLog extends EventLogLayer {
  opened = 0;
  open = 0;
  failing = false;

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<SizedBatch> {
    this.opened++;
    this.open++;
    try {
      for await (const batch of this.log.subscribe(options)) {
        if (this.failing) throw new Error('It was interrupted.');
        yield { ...batch, bytes: JSON.stringify(batch.events.map(({ data }) => data)).length };
      }
    } finally {
      this.open--;
    }
  }
}

let made = 0;
const event = (number: number, bytes = 0): ProposedEvent => ({
  id: `id-${made++}`,
  type: 'Counted',
  data: { number, text: 'x'.repeat(bytes) },
  metadata: {},
});
const numbered = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('a log that is read once for all who follow it', () => {
  const everything = { streamPrefixes: ['a-', 'b-'] };
  const setUp = () => {
    const counted = new CountedLog(new InMemoryEventLog());
    const log = new SharedEventLog(counted, everything);
    const leaving = new AbortController();
    const append = (stream: string, ...numbers: number[]) =>
      log.append(
        stream,
        numbers.map((number) => event(number)),
        'any',
      );
    /** Takes batch by batch; `before` each one something may happen. */
    const follow = async (
      options: Partial<SubscribeOptions>,
      until: number,
      before: (taken: number) => Promise<unknown> = turn,
    ): Promise<unknown[]> => {
      const taken: unknown[] = [];
      for await (const { events } of log.subscribe({
        filter: everything,
        batchSize: 10,
        signal: leaving.signal,
        ...options,
      })) {
        taken.push(...events.map(({ data }) => data.number));
        if (taken.length >= until) break;
        await before(taken.length);
      }
      return taken;
    };
    return { counted, log, leaving, append, follow };
  };
  const settled = async (condition: () => boolean): Promise<void> => {
    for (let turns = 0; !condition() && turns < 1_000; turns++) await turn();
    expect(condition()).toBe(true);
  };

  it('has one subscription for those at its end, and none once they have left', async () => {
    const { counted, log, append, follow } = setUp();
    await append('a-1', 0);
    const after = await log.head();
    const following = [
      follow({ after }, 3),
      follow({ after }, 3),
      follow({ after, filter: { streamPrefixes: ['b-'] } }, 2),
      follow({ after, filter: { typePrefixes: ['Counted'] } }, 3),
    ];
    await settled(() => counted.opened > 0);
    await append('a-1', 1);
    await append('b-1', 2, 3);
    expect(await Promise.all(following)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [2, 3],
      [1, 2, 3],
    ]);
    expect(counted.opened).toBe(1);
    await settled(() => counted.open === 0);
  });

  it('lets who is behind read alone until what is newer is at hand', async () => {
    const { counted, append, follow } = setUp();
    await append('a-1', ...numbered(0, 50));
    const following = follow({}, 100);
    await settled(() => counted.opened === 2 && counted.open === 1);
    await append('a-1', ...numbered(50, 100));
    expect(await following).toEqual(numbered(0, 100));
    expect(counted.opened).toBe(2);
  });

  it('makes nobody wait for who takes slowly, and leaves nothing out for them', async () => {
    const { counted, append, follow } = setUp();
    const held = Promise.withResolvers<void>();
    const slow = follow({ batchSize: 1_000 }, 12_001, (taken) => (taken === 1 ? held.promise : turn()));
    const quick = follow({ batchSize: 1_000 }, 12_001);
    await settled(() => counted.opened > 0);
    await append('a-1', 0);
    for (let number = 1; number < 12_001; number += 400) await append('a-1', ...numbered(number, number + 400));
    expect(await quick).toEqual(numbered(0, 12_001));
    held.resolve();
    expect(await slow).toEqual(numbered(0, 12_001));
  });

  it('keeps no more than a few megabytes', async () => {
    const { log, counted, follow } = setUp();
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const slow = follow({ batchSize: 5 }, 101, (taken) => {
      if (taken !== 1) return turn();
      reached.resolve();
      return held.promise;
    });
    await settled(() => counted.opened > 0);
    await log.append('a-1', [event(0)], 'any');
    await reached.promise;
    for (const number of numbered(1, 101)) {
      await log.append('a-1', [event(number, 500_000)], 'any');
      await turn();
    }
    expect(counted.opened).toBe(1);
    held.resolve();
    expect(await slow).toEqual(numbered(0, 101));
    expect(counted.opened).toBe(2);
  });

  it('goes on where its subscription fails, and tells each follower what is wrong', async () => {
    const { counted, append, follow } = setUp();
    const following = follow({}, 2);
    await settled(() => counted.open > 0);
    await append('a-1', 0);
    await turn();
    counted.failing = true;
    await append('a-1', 1);
    await expect(following).rejects.toThrow('It was interrupted.');
    counted.failing = false;
    expect(await follow({}, 2)).toEqual([0, 1]);
  });

  it('hands on a subscription to streams that are not shared', async () => {
    const { counted, append, follow } = setUp();
    const following = [
      follow({ filter: { streamPrefixes: ['c-'] } }, 1),
      follow({ filter: { streamPrefixes: ['a'] } }, 1),
    ];
    await append('c-1', 1);
    await append('a-1', 2);
    expect(await Promise.all(following)).toEqual([[1], [2]]);
    expect(counted.opened).toBe(2);
  });

  it('ends with the signal also while the end of the log is not known', async () => {
    const { log, leaving, follow } = setUp();
    log.head = () => new Promise(() => undefined);
    const following = follow({}, 1);
    await turn();
    leaving.abort();
    expect(await following).toEqual([]);
  });

  it('hands over every event once and in order, whoever joins, dawdles and leaves', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            after: fc.nat(40),
            batchSize: fc.integer({ min: 1, max: 7 }),
            pause: fc.nat(3),
            joins: fc.nat(20),
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        async (readers) => {
          const { append, follow } = setUp();
          await append('a-1', ...numbered(0, 40));
          const following = readers.map(async ({ after, batchSize, pause, joins }) => {
            for (let turns = 0; turns < joins; turns++) await turn();
            const dawdle = async (): Promise<void> => {
              for (let turns = 0; turns < pause; turns++) await turn();
            };
            return follow({ after: BigInt(after), batchSize }, 80 - after, dawdle);
          });
          for (const number of numbered(40, 80)) {
            await append(number % 2 === 0 ? 'a-1' : 'b-1', number);
            await turn();
          }
          for (const [index, { after }] of readers.entries())
            expect(await following[index]).toEqual(numbered(after, 80));
        },
      ),
      { numRuns: 100 },
    );
  });
});

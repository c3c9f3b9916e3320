import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { EventStore } from './event-store.js';
import { type NaiveExpected, type NaiveOutcome, NaiveStore } from './naive-store.js';
import { type AppendOutcome } from './semantics/append.js';
import { type DeletionOutcome } from './semantics/deletion.js';
import { type TimedOut } from './semantics/group-commit.js';
import { StreamDeleted } from './semantics/streams.js';
import { answerRead } from './services/answered-read.js';
import { MemoryStorage } from './storage/memory-storage.js';
import { type Sink } from './subscriptions/sink.js';

const { ReadResp } = streams;

/** Few streams, ids and revisions, so that writes meet each other all the time. */
const STREAMS = ['a', 'b', '$$a'];

const uuidOf = (id: string): string => `00000000-0000-4000-8000-${id.replace('s', 'f').padStart(12, '0')}`;

/** The real store, over a storage that outlives it. */
class Real {
  readonly storage = new MemoryStorage();
  now = 0;
  private systemIds = 0;
  store = this.open();

  restart(): void {
    this.store = this.open();
  }

  private open(): EventStore {
    return new EventStore(this.storage, {
      now: () => this.now,
      newId: () => uuidOf(`s${this.systemIds++}`),
      onFailure: (error) => {
        throw error;
      },
    });
  }
}

const told = (outcome: AppendOutcome | DeletionOutcome | TimedOut): NaiveOutcome | TimedOut => {
  switch (outcome.kind) {
    case 'appended':
      return { written: BigInt(outcome.revision) };
    case 'nothing_to_write':
      return { nothing: revisionOf(outcome.current) };
    case 'wrong_revision':
      return { conflict: revisionOf(outcome.current) };
    case 'stream_deleted':
      return 'deleted';
    case 'deleted':
      return 'done';
    case 'timed_out':
      return outcome;
  }
};

const revisionOf = (revision: number): bigint => (revision === 2 ** 63 ? 2n ** 63n - 1n : BigInt(revision));

type Answered = readonly string[] | 'missing' | 'deleted';

interface Read {
  readonly stream: string | undefined;
  readonly from: bigint | 'start' | 'end';
  readonly backward: boolean;
  readonly limit: number;
}

const readOf = async (store: EventStore, { limit, ...read }: Read): Promise<Answered> => {
  const answers: string[] = [];
  const sink: Sink = {
    closed: false,
    send: (message) => {
      const answer = ReadResp.deserializeBinary(message);
      const event = answer.getEvent()?.getEvent();
      answers.push(
        answer.hasStreamNotFound() ? 'missing' : `${event?.getStreamRevision()}:${event?.getId()?.getString()}`,
      );
      return true;
    },
    drained: () => Promise.resolve(),
    onClosed: () => () => undefined,
  };
  const options = { structuredIds: false, resolveLinks: false, compatibility: 0, filter: undefined };
  try {
    await answerRead(store, { ...read, ...options, limit: BigInt(limit) }, BigInt(limit), sink);
  } catch (error) {
    if (error instanceof StreamDeleted) return 'deleted';
    throw error;
  }
  return answers[0] === 'missing' ? 'missing' : answers;
};

const naiveRead = (model: NaiveStore, { stream, from, backward, limit }: Read): Answered => {
  const shown = stream === undefined ? model.log : model.shown(stream);
  if (typeof shown === 'string') return shown;
  const ordered = backward ? [...shown].reverse() : shown;
  const wanted = ordered.filter(({ revision }) => {
    if (stream === undefined || (from === 'end' && backward)) return true;
    const first = typeof from === 'bigint' ? from : 0n;
    return backward ? revision <= first : revision >= first;
  });
  return wanted.slice(0, limit).map(({ revision, id }) => `${revision}:${uuidOf(id)}`);
};

type Step = fc.AsyncCommand<NaiveStore, Real>;

const step = (name: string, run: (model: NaiveStore, real: Real) => Promise<void> | void): Step => ({
  check: () => true,
  run: async (model, real) => run(model, real),
  toString: () => name,
});

const METADATA = [{ $maxCount: 2 }, { $maxAge: 10 }, { $tb: 3 }, { $maxCount: 3, $tb: 1, owner: 'x' }, {}];

const streamNames = fc.constantFrom(...STREAMS);
const expectations = fc.oneof(
  fc.constantFrom<NaiveExpected>('any', 'no_stream', 'stream_exists'),
  fc.integer({ min: 0, max: 6 }),
);
const appends = fc.record({
  stream: streamNames,
  ids: fc.array(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 3 }),
  expected: expectations,
  json: fc.constantFrom(...METADATA).map((metadata) => JSON.stringify(metadata)),
});
interface OneAppend {
  readonly stream: string;
  readonly ids: readonly string[];
  readonly expected: NaiveExpected;
  readonly json: string;
}

const realAppend = async (real: Real, { stream, ids, expected, json }: OneAppend) => {
  const events = ids.map((id) => ({
    id: uuidOf(id),
    type: stream.startsWith('$$') ? '$metadata' : 'T',
    isJson: true,
    data: Buffer.from(json),
    metadata: Buffer.alloc(0),
  }));
  const revision = typeof expected === 'number' ? BigInt(expected) : expected;
  return told(await real.store.append({ stream, expected: revision, events }, Infinity));
};

/** Several at once share one transaction; each is decided with those before it. */
const appending = fc.array(appends, { minLength: 1, maxLength: 3 }).map((group) =>
  step(`append ${JSON.stringify(group)}`, async (model, real) => {
    const outcomes = await Promise.all(group.map((append) => realAppend(real, append)));
    const expected = group.map(({ stream, ids, expected, json }) => model.append(stream, ids, expected, json));
    expect(outcomes).toEqual(expected);
  }),
);

const describing = fc
  .record({ stream: fc.constantFrom('a', 'b'), metadata: fc.constantFrom(...METADATA) })
  .map(({ stream, metadata }) =>
    step(`metadata of ${stream}: ${JSON.stringify(metadata)}`, async (model, real) => {
      const id = String(1_000 + model.log.length);
      const append = { stream: `$$${stream}`, ids: [id], expected: 'any' as const, json: JSON.stringify(metadata) };
      const outcome = await realAppend(real, append);
      expect(outcome).toEqual(model.append(append.stream, append.ids, append.expected, append.json));
    }),
  );

const deleting = fc
  .record({ stream: fc.constantFrom('a', 'b'), expected: expectations, chance: fc.integer({ min: 0, max: 9 }) })
  .map(({ stream, expected, chance }) =>
    step(`${chance === 0 ? 'tombstone' : 'delete'} ${stream} at ${expected}`, async (model, real) => {
      const forEver = chance === 0;
      const revision = typeof expected === 'number' ? BigInt(expected) : expected;
      const outcome = told(await real.store.delete({ stream, expected: revision, forEver }, Infinity));
      expect(outcome).toEqual(model.delete(stream, expected, forEver));
    }),
  );

const forward = fc.constantFrom<Read['from']>('start', 0n, 1n, 2n, 4n, 9n);
const backward = fc.constantFrom<Read['from']>('start', 'end', 0n, 1n, 2n, 4n, 2n ** 64n - 1n);
const reads: fc.Arbitrary<Read> = fc.oneof(
  fc.record({
    stream: streamNames,
    from: forward,
    backward: fc.constant(false),
    limit: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    stream: streamNames,
    from: backward,
    backward: fc.constant(true),
    limit: fc.integer({ min: 1, max: 9 }),
  }),
  fc.constant<Read>({ stream: undefined, from: 'start', backward: false, limit: 500 }),
  fc.constant<Read>({ stream: undefined, from: 'end', backward: true, limit: 3 }),
);
const reading = reads.map((read) =>
  step(
    `read ${read.stream ?? '$all'} from ${read.from} ${read.backward ? 'backward' : 'forward'}`,
    async (model, real) => {
      expect(await readOf(real.store, read)).toEqual(naiveRead(model, read));
    },
  ),
);

/** Also to the very millisecond at which an event becomes too old. */
const waiting = fc.constantFrom(1, 700, 5_000, 9_999, 10_000).map((milliseconds) =>
  step(`wait ${milliseconds} ms`, (model, real) => {
    model.now += milliseconds;
    real.now += milliseconds;
  }),
);

const restarting = fc.constant(
  step('restart', (model, real) => {
    model.restart();
    real.restart();
  }),
);

describe('the store', () => {
  it('does what a naive one does, over any history of writes, deletions, metadata, reads and restarts', async () => {
    const weighted = [
      ...Array<typeof appending>(6).fill(appending),
      ...Array<typeof reading>(6).fill(reading),
      describing,
      describing,
      deleting,
      deleting,
      waiting,
      restarting,
    ];
    await fc.assert(
      fc.asyncProperty(fc.commands(weighted, { maxCommands: 60, size: 'max' }), async (steps) => {
        await fc.asyncModelRun(() => ({ model: new NaiveStore(), real: new Real() }), steps);
      }),
      { numRuns: 150 },
    );
  });
});

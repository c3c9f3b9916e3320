import { serialize } from 'node:v8';
import type { Decider, Event, LoggedEvent, ReadStreamOptions } from '#kernel';
import { anEnvelope, FixedClock, InMemoryEventLog } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ChainedEventLog } from './chained-event-log.js';
import { DecidedStreams } from './decided-streams.js';
import { FoldedStreams } from './folded-streams.js';
import { Snapshots, type Snapshot } from './snapshots.js';

type Named = Event<
  'AliasReserved',
  { readonly type: 'subscription'; readonly hash: string; readonly targetId: string }
>;
interface Counted {
  count: number;
  readonly byNumber: Map<number, bigint>;
}

const decider: Decider<Counted, 'name', Named> = {
  initialState: () => ({ count: 0, byNumber: new Map() }),
  decide: () => [{ type: 'AliasReserved', data: { type: 'subscription', hash: 'a'.repeat(64), targetId: 'somebody' } }],
  evolve(state) {
    state.count += 1;
    state.byNumber.set(state.count, BigInt(state.count));
  },
};

const STREAM = 'alias-a';
/** Long enough to be kept, with a tail behind that. */
const EVENTS = 230;
const KEPT = 199;

/** Notes how many events are read. */
class NotingEventLog extends InMemoryEventLog {
  read = 0;

  override async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<LoggedEvent> {
    for await (const event of super.readStream(stream, options)) {
      this.read += 1;
      yield event;
    }
  }
}

class SnapshotsInMemory extends Snapshots {
  readonly kept = new Map<string, Snapshot>();

  override last(stream: string): Promise<Snapshot | undefined> {
    return Promise.resolve(this.kept.get(stream));
  }

  override keep(stream: string, snapshot: Snapshot): void {
    this.kept.set(stream, snapshot);
  }
}

describe('a long stream', () => {
  let log: NotingEventLog;
  let chained: ChainedEventLog;
  let snapshots: SnapshotsInMemory;

  const process = (): DecidedStreams<Counted, 'name', Named> =>
    new DecidedStreams(decider, chained, new FixedClock(), { snapshots });

  const grow = async (streams = process(), events = EVENTS, first = 1): Promise<void> => {
    for (let number = first; number < first + events; number++)
      await streams.execute(STREAM, anEnvelope(number), 'name', () => null);
  };

  const state = (streams = process()): Promise<Counted> => streams.view(STREAM, (counted) => structuredClone(counted));

  beforeEach(() => {
    log = new NotingEventLog();
    chained = new ChainedEventLog(log);
    snapshots = new SnapshotsInMemory();
  });

  it('is folded from what was kept of it, and what came behind that', async () => {
    await grow();
    expect(snapshots.kept.get(STREAM)?.revision).toBe(KEPT);
    log.read = 0;
    const { count, byNumber } = await state();
    expect([count, byNumber.size, byNumber.get(EVENTS)]).toEqual([EVENTS, EVENTS, BigInt(EVENTS)]);
    expect(log.read).toBeLessThan(EVENTS / 2);
  });

  it('goes on from there, and repeats what was done before it was kept', async () => {
    await grow();
    const next = process();
    await grow(next, 5, EVENTS + 1);
    expect((await state(next)).count).toBe(EVENTS + 5);
    await next.execute(STREAM, anEnvelope(KEPT - 10), 'name', () => null);
    expect((await state(next)).count).toBe(EVENTS + 5);
    await expect(
      next.execute(STREAM, { ...anEnvelope(7), requestHash: 'another' }, 'name', () => null),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('is kept again as it grows, also by who read it whole', async () => {
    await grow();
    snapshots.kept.clear();
    await state();
    expect(snapshots.kept.get(STREAM)?.revision).toBe(EVENTS - 1);
    await grow(process(), 200, EVENTS + 1);
    expect(snapshots.kept.get(STREAM)?.revision).toBe(EVENTS + 199);
  });

  it.each<[string, (snapshot: Snapshot) => Snapshot | undefined]>([
    ['is gone', () => undefined],
    ['has bytes that nobody can read', (snapshot) => ({ ...snapshot, bytes: snapshot.bytes.slice(0, 100) })],
    ['has no journal', (snapshot) => ({ ...snapshot, bytes: serialize({ state: decider.initialState() }) })],
    ['has no bytes', (snapshot) => ({ ...snapshot, bytes: new Uint8Array() })],
    ['is of another history', (snapshot) => ({ ...snapshot, chain: 'another' })],
    ['is of events that the log does not have', (snapshot) => ({ ...snapshot, revision: EVENTS + 10 })],
  ])('is folded whole where what was kept %s', async (_, change) => {
    await grow();
    const changed = change(snapshots.kept.get(STREAM)!);
    snapshots.kept.clear();
    if (changed) snapshots.kept.set(STREAM, changed);
    expect((await state()).count).toBe(EVENTS);
    const next = process();
    await grow(next, 1, EVENTS + 1);
    expect((await state(next)).count).toBe(EVENTS + 1);
  });

  it('lies where the log has it, wherever that was when it was kept', async () => {
    await grow(process(), KEPT + 1);
    const moved = new InMemoryEventLog();
    const events = await Array.fromAsync(log.readStream(STREAM));
    await moved.append('alias-b', events.slice(0, 1), 'no_stream');
    await moved.append(STREAM, events, 'no_stream');
    const { position, recordedAt } = await new FoldedStreams(decider, moved, 1_000_000, snapshots).load(STREAM);
    expect(position).toBe(await moved.head());
    expect(recordedAt).toBe(events.at(-1)!.metadata['recordedAt']);
  });

  it('is not kept where the log ties no events', async () => {
    await grow(new DecidedStreams(decider, log, new FixedClock(), { snapshots }));
    expect(snapshots.kept.size).toBe(0);
  });

  it('that is short asks for nothing', async () => {
    await grow(process(), 40);
    snapshots.last = () => Promise.reject(new Error('Nobody should ask.'));
    expect((await state()).count).toBe(40);
  });
});

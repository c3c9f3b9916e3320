import type { Stored } from '#contracts';
import type { Decider, Event, LoggedEvent, ReadStreamOptions } from '#kernel';
import { anEnvelope, at, FixedClock, InMemoryEventLog } from '#testing';
import { describe, expect, it, jest } from '@jest/globals';
import { DecidedStreams } from './decided-streams.js';
import { FoldedStream } from './folded-stream.js';

type Named = Event<
  'AliasReserved',
  { readonly type: 'subscription'; readonly hash: string; readonly targetId: string }
>;

const decide = (): readonly Named[] => [
  { type: 'AliasReserved', data: { type: 'subscription', hash: 'a'.repeat(64), targetId: 'somebody' } },
];

const SAID_BYTES = 2_000;
const FEW = 5;
const MANY = 30;

/** Room for what so many events say, and not for twice that. */
const roomFor = (events: number): number => 1.5 * events * SAID_BYTES;

const decider: Decider<{ said: string[] }, 'name', Named> = {
  initialState: () => ({ said: [] }),
  decide,
  evolve(state) {
    state.said.push('x'.repeat(SAID_BYTES));
  },
};

/** Notes which streams are read from their beginning. */
class NotingEventLog extends InMemoryEventLog {
  readonly wholeReads: string[] = [];

  override readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<LoggedEvent> {
    if ((options.from ?? 0) === 0) this.wholeReads.push(stream);
    return super.readStream(stream, options);
  }
}

describe('folded streams in memory', () => {
  it('are weighed by what they grew to, and the longest unused goes first', async () => {
    const log = new NotingEventLog();
    const streams = new DecidedStreams(decider, log, new FixedClock(), { cachedBytesMax: roomFor(MANY) });
    const grow = async (stream: string): Promise<void> => {
      for (let number = 1; number <= MANY; number++) {
        await streams.execute(stream, anEnvelope(number), 'name', () => null);
      }
    };
    await grow('alias-a');
    await grow('alias-b');
    log.wholeReads.length = 0;
    expect(await streams.view('alias-b', ({ said }) => said.length)).toBe(MANY);
    expect(log.wholeReads).toEqual([]);
    expect(await streams.view('alias-a', ({ said }) => said.length)).toBe(MANY);
    expect(log.wholeReads).toEqual(['alias-a']);
  });

  it('are weighed by what they hold, though it be of few events', async () => {
    const log = new NotingEventLog();
    const streams = new DecidedStreams(decider, log, new FixedClock(), { cachedBytesMax: roomFor(FEW) });
    for (const stream of ['alias-a', 'alias-b']) {
      for (let number = 1; number <= FEW; number++)
        await streams.execute(stream, anEnvelope(number), 'name', () => null);
    }
    log.wholeReads.length = 0;
    for (const stream of ['alias-b', 'alias-a']) await streams.view(stream, ({ said }) => said.length);
    expect(log.wholeReads).toEqual(['alias-a']);
  });

  it('are written once to be kept and weighed, and not at all where they were read from what was kept', () => {
    const folded = new FoldedStream(decider);
    const last = {
      fact: { type: 'AliasReserved', data: {} },
      metadata: { commandId: 'a', recordedAt: at('2026-01-01T00:00:00Z') },
      position: 0n,
    } as unknown as Stored<Named>;
    for (let revision = 0; revision < 300; revision++) folded.fold({ ...last, revision });
    const bytes = folded.toBytes();
    const again = new FoldedStream(decider);
    expect(again.restore({ revision: folded.revision, chain: 'chain', bytes }, last)).toBe(true);
    for (const one of [folded, again]) {
      const written = jest.spyOn(one, 'toBytes');
      expect(one.weight()).toBeGreaterThan(300 * SAID_BYTES);
      expect(written).not.toHaveBeenCalled();
    }
  });
});

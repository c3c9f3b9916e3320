import type { Decider, Event, LoggedEvent, ReadStreamOptions } from '#kernel';
import { anEnvelope, FixedClock, InMemoryEventLog } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { DecidedStreams } from './decided-streams.js';

type Named = Event<
  'AliasReserved',
  { readonly type: 'subscription'; readonly hash: string; readonly targetId: string }
>;

const decider: Decider<{ count: number }, 'name', Named> = {
  initialState: () => ({ count: 0 }),
  decide: () => [{ type: 'AliasReserved', data: { type: 'subscription', hash: 'a'.repeat(64), targetId: 'somebody' } }],
  evolve(state) {
    state.count += 1;
  },
};

/** Room for one that has grown, and not for two. */
const ONE_STREAM_BYTES = 12_000;

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
    const streams = new DecidedStreams(decider, log, new FixedClock(), { cachedBytesMax: ONE_STREAM_BYTES });
    const grow = async (stream: string): Promise<void> => {
      for (let number = 1; number <= 30; number++) {
        await streams.execute(stream, anEnvelope(number), 'name', () => null);
      }
    };
    await grow('alias-a');
    await grow('alias-b');
    log.wholeReads.length = 0;
    expect(await streams.view('alias-b', ({ count }) => count)).toBe(30);
    expect(log.wholeReads).toEqual([]);
    expect(await streams.view('alias-a', ({ count }) => count)).toBe(30);
    expect(log.wholeReads).toEqual(['alias-a']);
  });
});

import { decodeEvent, type Stored } from '#contracts';
import type { Event, EventLog } from '#kernel';
import type { CommandTrace } from './command-journal.js';
import type { FoldedStream } from './folded-stream.js';
import type { FoldedStreams } from './folded-streams.js';

/** Of a state that is made once more to tell an answer again. */
const FOLDED_AGAIN_EVENTS_MAX = 1_000;

/**
 * What a command did, by its trace in a stream: its events, and the state after them. Where that would take a long history it is the state as of now:
 * nobody makes others wait by asking again.
 */
export const toldAgain = async <State, Fact extends Event>(
  log: EventLog,
  streams: FoldedStreams<State, Fact>,
  stream: string,
  { first, last }: CommandTrace,
  now: FoldedStream<State, Fact>,
) => {
  const logged = await Array.fromAsync(log.readStream(stream, { from: first, limit: last - first + 1 }));
  const events = logged.map((event): Stored<Fact> => decodeEvent<Fact>(event));
  const isNow = last === now.revision || last >= FOLDED_AGAIN_EVENTS_MAX;
  const { state, revision, position } = isNow ? now : await streams.fold(stream, last);
  return { state, events, revision, position };
};

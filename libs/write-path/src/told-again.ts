import { decodeEvent, type Stored } from '#contracts';
import type { Event, EventLog } from '#kernel';
import { isForgotten } from './command-journal.js';
import type { FoldedStream } from './folded-stream.js';
import type { FoldedStreams } from './folded-streams.js';

/** Of a state that is made once more to tell an answer again. */
const FOLDED_AGAIN_EVENTS_MAX = 1_000;

/** The events of a command that a stream remembers, from the log; undefined where it was not carried out, or is forgotten. */
export const rememberedEvents = async <State, Fact extends Event>(
  log: EventLog,
  stream: string,
  commandId: string,
  { journal, recordedAt }: FoldedStream<State, Fact>,
): Promise<readonly Stored<Fact>[] | undefined> => {
  for (const { first, last } of journal.find(commandId)) {
    const logged = await Array.fromAsync(log.readStream(stream, { from: first, limit: last - first + 1 }));
    const events = logged.map((event): Stored<Fact> => decodeEvent<Fact>(event));
    const metadata = events[0]?.metadata;
    if (metadata?.commandId === commandId) return isForgotten(metadata.recordedAt, recordedAt!) ? undefined : events;
  }
  return undefined;
};

/**
 * The state after the events of a command. Where that would take a long history it is the state as of now: nobody makes others wait by asking again.
 */
export const stateAfter = async <State, Fact extends Event>(
  streams: FoldedStreams<State, Fact>,
  stream: string,
  { revision }: Stored<Fact>,
  now: FoldedStream<State, Fact>,
): Promise<FoldedStream<State, Fact>> => {
  const isNow = revision === now.revision || revision >= FOLDED_AGAIN_EVENTS_MAX;
  return isNow ? now : streams.fold(stream, revision);
};

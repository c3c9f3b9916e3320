import { decodeEvent, isFactType, type Stored } from '#contracts';
import type { EventBatch, LoggedEvent } from '#kernel';
import type { Checkpoint } from './checkpoint.js';

/** An event as read: decoded, or the reason why this version of Recount cannot. */
export interface ReadEvent {
  readonly logged: LoggedEvent;
  readonly stored: Stored | null;
  readonly failure: Error | null;
  /** No projection can tell whether it would want an unknown type, so all of them stop there. */
  readonly concernsAll: boolean;
}

/** Decoded once, whatever the number of projections. */
export const readEvents = ({ events }: EventBatch): ReadEvent[] =>
  events.map((logged) => {
    try {
      return { logged, stored: decodeEvent(logged), failure: null, concernsAll: false };
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      return { logged, stored: null, failure, concernsAll: !isFactType(logged.type) };
    }
  });

/** Where a projection stands after considering an event, or a whole batch. */
export const checkpointAfter = (
  { id, stream, revision, position }: LoggedEvent,
  considered = position,
): Checkpoint => ({
  position: considered > position ? considered : position,
  event: { id, stream, revision },
});

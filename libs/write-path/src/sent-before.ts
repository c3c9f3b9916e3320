import {
  earlier,
  isBefore,
  plusDuration,
  type EventLog,
  type Instant,
  type LoggedEvent,
  type ProposedEvent,
} from '#kernel';
import { chainEndAt, NO_EVENTS, type ChainEnd } from './chain-end.js';

/** Four appends of the most events, and no further: what others appended since is bounded by that. */
const LOOKED_BACK_MAX = 2_000;
/** So many are looked at however old they are. */
const LOOKED_BACK_MIN = 16;
/** What was sent elsewhere first was stored by then, or is not stored: a request is answered in a third of it. */
const SENT_SECONDS_MAX = 60;

interface SentBefore {
  readonly end: ChainEnd;
  /** Of the commands that are looked for, in the order of the stream. */
  readonly events: readonly LoggedEvent[];
}

/**
 * Where a stream ends, and what of some commands stands there: behind the end that was known last, or where none was, what was recorded a minute before
 * they were or later.
 */
export const sentBefore = async (
  log: EventLog,
  stream: string,
  sought: readonly ProposedEvent[],
  since: ChainEnd | undefined,
): Promise<SentBefore> => {
  const commands = new Set(sought.map(commandOf));
  const events: LoggedEvent[] = [];
  let end: ChainEnd | undefined;
  let looked = 0;
  for await (const event of newestOf(log, stream)) {
    if (since !== undefined && event.revision <= since.revision) break;
    end ??= chainEndAt(event);
    if (commands.has(commandOf(event))) events.push(event);
    looked += 1;
    if (since === undefined && looked >= LOOKED_BACK_MIN && isLongBefore(event, sought)) break;
  }
  return { end: end ?? since ?? NO_EVENTS, events: events.reverse() };
};

/** Most often the first few are enough. */
async function* newestOf(log: EventLog, stream: string): AsyncGenerator<LoggedEvent> {
  let from: number | undefined;
  for (const limit of [LOOKED_BACK_MIN, LOOKED_BACK_MAX - LOOKED_BACK_MIN]) {
    const place = from === undefined ? {} : { from };
    for await (const event of log.readStream(stream, { direction: 'backward', limit, ...place })) {
      from = event.revision - 1;
      yield event;
    }
    if (from === undefined || from < 0) return;
  }
}

const isLongBefore = (stored: LoggedEvent, sought: readonly ProposedEvent[]): boolean => {
  const storedAt = recordedAt(stored);
  const moments = sought.map(recordedAt).filter((moment) => moment !== undefined);
  if (storedAt === undefined || moments.length === 0) return false;
  return isBefore(storedAt, plusDuration(moments.reduce(earlier), { seconds: -SENT_SECONDS_MAX }));
};

type Recorded = Pick<ProposedEvent, 'metadata'>;

const commandOf = ({ metadata }: Recorded): string | undefined => metadata['commandId'] as string | undefined;
const recordedAt = ({ metadata }: Recorded): Instant | undefined => metadata['recordedAt'] as Instant | undefined;

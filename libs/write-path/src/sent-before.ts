import {
  earlier,
  isBefore,
  parseInstant,
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
const ALWAYS = parseInstant('0001-01-01T00:00:00Z');

interface SentBefore {
  readonly end: ChainEnd;
  /** Of the commands that are looked for, in the order of the stream. */
  readonly events: readonly LoggedEvent[];
}

/** Where what was sent before may stand. */
interface Where {
  /** Behind this end, where one was known before the stream moved. */
  readonly since: ChainEnd | undefined;
  /** Anywhere, as another process was asked for it. */
  readonly isAnywhere: boolean;
}

/**
 * Where a stream ends, and what of some commands stands there: behind the end that was known, or among what was recorded from a minute before them on
 * where none was, or where they may stand anywhere.
 */
export const sentBefore = async (
  log: EventLog,
  stream: string,
  sought: readonly ProposedEvent[],
  { since, isAnywhere }: Where,
): Promise<SentBefore> => {
  const commands = new Set(sought.map(commandOf));
  const begin = since === undefined || isAnywhere ? beginOf(sought) : undefined;
  const events: LoggedEvent[] = [];
  let end: ChainEnd | undefined;
  let looked = 0;
  for await (const event of newestOf(log, stream)) {
    end ??= chainEndAt(event);
    if (commands.has(commandOf(event))) events.push(event);
    looked += 1;
    const isKnown = since === undefined || event.revision <= since.revision;
    const isLongBefore = begin === undefined || (looked >= LOOKED_BACK_MIN && isRecordedBefore(event, begin));
    if (isKnown && isLongBefore) break;
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

/** Those that do not say when they were recorded may be anywhere: nothing was recorded before that. */
const beginOf = (sought: readonly ProposedEvent[]): Instant => {
  const moments = sought.map(recordedAt).filter((moment) => moment !== undefined);
  return moments.length === 0 ? ALWAYS : plusDuration(moments.reduce(earlier), { seconds: -SENT_SECONDS_MAX });
};

const isRecordedBefore = (event: LoggedEvent, begin: Instant): boolean => {
  const moment = recordedAt(event);
  return moment !== undefined && isBefore(moment, begin);
};

type Recorded = Pick<ProposedEvent, 'metadata'>;

const commandOf = ({ metadata }: Recorded): string | undefined => metadata['commandId'] as string | undefined;
const recordedAt = ({ metadata }: Recorded): Instant | undefined => metadata['recordedAt'] as Instant | undefined;

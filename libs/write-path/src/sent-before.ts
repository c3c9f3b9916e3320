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

/** So many are looked at however old they are. */
const LOOKED_BACK_MIN = 16;
/** And so many behind an end that was known. */
const LOOKED_BEHIND_MIN = 2_000;
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
  /** As far back as this end: from there it was sent, and nobody answered. */
  readonly sentBehind: ChainEnd | undefined;
  /** Else behind this end, where one was known before the stream moved. */
  readonly known: ChainEnd | undefined;
  /** And among what was recorded from then on. */
  readonly since: Instant;
}

/** Where a stream ends, and what of some commands stands there. */
export const sentBefore = async (
  log: EventLog,
  stream: string,
  sought: readonly ProposedEvent[],
  { sentBehind, known, since }: Where,
): Promise<SentBefore> => {
  const commands = new Set(sought.map(commandOf));
  const events: LoggedEvent[] = [];
  let end: ChainEnd | undefined;
  let looked = 0;
  for await (const event of newestOf(log, stream)) {
    end ??= chainEndAt(event);
    if (commands.has(commandOf(event))) events.push(event);
    looked += 1;
    if (sentBehind !== undefined && event.revision > sentBehind.revision) continue;
    if (known !== undefined && event.revision <= known.revision) break;
    if (looked >= (known ? LOOKED_BEHIND_MIN : LOOKED_BACK_MIN) && isRecordedBefore(event, since)) break;
  }
  return { end: end ?? known ?? NO_EVENTS, events: events.reverse() };
};

/** Most often the first few are enough. */
async function* newestOf(log: EventLog, stream: string): AsyncGenerator<LoggedEvent> {
  let next: number | undefined;
  for await (const event of log.readStream(stream, { direction: 'backward', limit: LOOKED_BACK_MIN })) {
    next = event.revision - 1;
    yield event;
  }
  if (next !== undefined && next >= 0) yield* log.readStream(stream, { direction: 'backward', from: next });
}

/** From when on they may be recorded, if another process was asked for them. Those that do not say when may be anywhere. */
export const sentSince = (sought: readonly ProposedEvent[]): Instant => {
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

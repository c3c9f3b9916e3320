/** Chaos: what writers sent and what they were told, kept on the client's side, and held against what is stored. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type EventStoreDbLog } from '#event-store';
import { AppendOutcomeUnknown, EventLogUnavailable, type ProposedEvent } from '#kernel';

interface Sent {
  readonly ids: readonly string[];
  /** If not, it is stored whole or not at all. */
  acknowledged: boolean;
}

/** After an append that was not answered: the store may be on its way up. */
const PAUSE_MS = 20;

/** One writer's stream. */
export class Journal {
  acknowledged = 0;
  private readonly sent: Sent[] = [];

  constructor(
    readonly stream: string,
    /** Whether it repeats what is unknown, at the revision of the first attempt, until it is known. */
    private readonly repeats: boolean,
  ) {}

  /** Appends of one to five events, one after the other. */
  async write(log: EventStoreDbLog, stopped: () => boolean): Promise<void> {
    while (!stopped()) await this.append(log, stopped);
  }

  private async append(log: EventStoreDbLog, stopped: () => boolean): Promise<void> {
    const events = Array.from({ length: 1 + (this.sent.length % 5) }, anEvent);
    const sent: Sent = { ids: events.map(({ id }) => id), acknowledged: false };
    this.sent.push(sent);
    const expected = !this.repeats ? 'any' : this.acknowledged === 0 ? 'no_stream' : this.acknowledged - 1;
    do {
      sent.acknowledged = await isAcknowledged(log.append(this.stream, events, expected));
      if (!sent.acknowledged) await delay(PAUSE_MS);
    } while (this.repeats && !sent.acknowledged && !stopped());
    if (sent.acknowledged) this.acknowledged += events.length;
  }

  /** What is wrong with the ids that its stream holds. */
  check(stored: readonly string[]): Found {
    const found: Found = { lost: 0, doubled: stored.length - new Set(stored).size, torn: 0, foreign: 0 };
    let at = 0;
    for (const { ids, acknowledged } of this.sent) {
      let there = 0;
      while (there < ids.length && stored[at + there] === ids[there]) there++;
      at += there;
      if (there === ids.length) continue;
      if (acknowledged) found.lost += ids.length - there;
      else if (there > 0) found.torn++;
    }
    // Whatever could not be matched in order was sent by nobody, or stands where it should not.
    found.foreign = stored.length - at;
    return found;
  }
}

export interface Found {
  lost: number;
  doubled: number;
  torn: number;
  foreign: number;
}

const anEvent = (): ProposedEvent => ({
  id: randomUUID(),
  type: 'Appended',
  data: { text: 'x'.repeat(100) },
  metadata: {},
});

const isAcknowledged = async (appending: Promise<unknown>): Promise<boolean> => {
  try {
    await appending;
    return true;
  } catch (error) {
    if (error instanceof AppendOutcomeUnknown || error instanceof EventLogUnavailable) return false;
    throw error;
  }
};

/** All journals against the ids of each stream. */
export const checkAll = (journals: readonly Journal[], stored: ReadonlyMap<string, readonly string[]>): Found => {
  const total: Found = { lost: 0, doubled: 0, torn: 0, foreign: 0 };
  for (const journal of journals) {
    const found = journal.check(stored.get(journal.stream) ?? []);
    for (const key of ['lost', 'doubled', 'torn', 'foreign'] as const) total[key] += found[key];
  }
  return total;
};

export const isRight = ({ lost, doubled, torn, foreign }: Found): boolean => lost + doubled + torn + foreign === 0;

export const told = ({ lost, doubled, torn, foreign }: Found): string =>
  `lost ${lost}, doubled ${doubled}, in part ${torn}, sent by nobody ${foreign}`;

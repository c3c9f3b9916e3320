import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppendRefused,
  earlier,
  EventLogUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type Instant,
  type LoggedEvent,
  type ProposedEvent,
} from '#kernel';
import { LRUCache } from 'lru-cache';
import { chained, STREAMS_MAX, type ChainEnd } from './chain-end.js';
import { sentBefore, sentSince } from './sent-before.js';

/** Together they stay well below what a log takes in one append. */
const BYTES_PER_APPEND_MAX = 512 * 1024;
const EVENTS_PER_APPEND_MAX = 500;
const ATTEMPTS_MAX = 100;
const PAUSE_MILLISECONDS_MAX = 100;

interface Waiting {
  readonly events: readonly ProposedEvent[];
  /** Whether it was seen where they may stand, if they were sent before. */
  isLookedFor: boolean;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** What was sent before, and nobody answered. */
interface Sent {
  /** By this process, from this end. */
  readonly behind?: ChainEnd;
  /** Another process was asked for it: it was recorded from then on. */
  readonly since?: Instant;
}

/**
 * Appends that go wherever their stream ends. A chain has one end: those of a stream go one after the other, and those that wait
 * meanwhile go together, so that many writers of one stream still share a flush.
 */
export class AppendsAtEnd {
  private readonly waiting = new Map<string, Waiting[]>();
  /** By stream and first event: when it comes again it is looked for, though the end is known by then. */
  private readonly unanswered = new LRUCache<string, Sent>({ max: STREAMS_MAX });
  /** Ends behind which somebody else appended, or an append was sent that nobody answered: what stands there is looked at first. */
  private readonly moved = new LRUCache<string, ChainEnd>({ max: STREAMS_MAX });

  constructor(
    private readonly log: EventLog,
    private readonly ends: LRUCache<string, ChainEnd>,
  ) {}

  append(stream: string, events: readonly ProposedEvent[]): Promise<Appended> {
    if (events.length === 0) return Promise.reject(new RangeError(`An append to ${stream} has no events.`));
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(stream);
      const own = { events, isLookedFor: false, resolve, reject };
      if (queue !== undefined) return void queue.push(own);
      this.waiting.set(stream, [own]);
      void this.work(stream);
    });
  }

  /** The same of what another process was asked for, and has not answered. Where it cannot be looked for now, it is when it comes again. */
  appendUnlessStored(stream: string, events: readonly ProposedEvent[]): Promise<Appended> {
    const key = keyOf(stream, events);
    const before = this.unanswered.get(key);
    this.unanswered.set(key, { ...before, since: before?.since ?? sentSince(events) });
    return this.append(stream, events);
  }

  private async work(stream: string): Promise<void> {
    const queue = this.waiting.get(stream)!;
    while (queue.length > 0) {
      const group = queue.splice(0, fitting(queue));
      await this.carryOut(stream, group).catch((error: unknown) => group.forEach(({ reject }) => reject(error)));
    }
    this.waiting.delete(stream);
  }

  private async carryOut(stream: string, group: Waiting[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const end = await this.endOf(stream, group);
      if (group.length === 0) return;
      const { events, end: next } = chained(
        stream,
        group.flatMap((one) => one.events),
        end,
      );
      try {
        const { position } = await this.log.append(stream, events, end.revision < 0 ? 'no_stream' : end.revision);
        this.ends.set(stream, next);
        return answer(group, end.revision, position);
      } catch (error) {
        if (error instanceof AppendRefused && group.length > 1) return this.carryOutEach(stream, group);
        this.moved.set(stream, end);
        if (!(error instanceof WrongExpectedRevision)) {
          for (const one of group) this.unanswered.set(keyOf(stream, one.events), { behind: end });
          throw error;
        }
        if (attempt === ATTEMPTS_MAX) throw contended(stream, error);
        await sleep(Math.random() * Math.min(2 ** attempt, PAUSE_MILLISECONDS_MAX));
      }
    }
  }

  /** What the log refuses of one must not be refused to the others. */
  private async carryOutEach(stream: string, group: readonly Waiting[]): Promise<void> {
    for (const one of group) await this.carryOut(stream, [one]).catch(one.reject);
  }

  /** Takes out of the group, and answers, what is found to be stored already. */
  private async endOf(stream: string, group: Waiting[]): Promise<ChainEnd> {
    const [known, moved] = [this.ends.get(stream), this.moved.get(stream)];
    const places = group
      .map(({ events, isLookedFor }) => (isLookedFor ? undefined : this.unanswered.get(keyOf(stream, events))))
      .filter((place) => place !== undefined);
    if (known !== undefined && moved === undefined && places.length === 0) return known;
    const sought = group.flatMap((one) => one.events);
    const asked = places.map(({ since }) => since).filter((since) => since !== undefined);
    const { end, events } = await sentBefore(this.log, stream, sought, {
      sentBehind: lowest(places.map(({ behind }) => behind).filter((behind) => behind !== undefined)),
      known: asked.length > 0 ? undefined : (moved ?? known),
      since: asked.reduce(earlier, sentSince(sought)),
    });
    const stored = group.filter((one) => answeredFrom(events, one));
    for (const one of group) one.isLookedFor = true;
    for (const one of stored) group.splice(group.indexOf(one), 1);
    this.ends.set(stream, end);
    this.moved.delete(stream);
    return end;
  }
}

/** Its id says what it is of the command: that may send several to a stream. */
const keyOf = (stream: string, events: readonly ProposedEvent[]): string => `${stream} ${events[0]?.id}`;

const lowest = (ends: readonly ChainEnd[]): ChainEnd | undefined =>
  ends.toSorted((left, right) => left.revision - right.revision)[0];

const sizeOf = (events: readonly ProposedEvent[]): number =>
  events.reduce(
    (sum, { data, metadata, text }) =>
      sum + (text?.data ?? JSON.stringify(data)).length + JSON.stringify(metadata).length,
    0,
  );

/** How many of the first go together; one at least. Most often one is there alone, and nobody needs to know how large it is. */
const fitting = (queue: readonly Waiting[]): number => {
  if (queue.length === 1) return 1;
  let [bytes, events] = [0, 0];
  const count = queue.findIndex((one) => {
    bytes += sizeOf(one.events);
    events += one.events.length;
    return bytes > BYTES_PER_APPEND_MAX || events > EVENTS_PER_APPEND_MAX;
  });
  return count < 0 ? queue.length : Math.max(count, 1);
};

const answer = (group: readonly Waiting[], after: number, position: bigint): void => {
  let revision = after;
  for (const { events, resolve } of group) {
    revision += events.length;
    resolve({ revision, position });
  }
};

/** Sent again after nobody knew what became of it, also by another process. */
const answeredFrom = (stored: readonly LoggedEvent[], { events, resolve }: Waiting): boolean => {
  const first = stored.findIndex((event) => isSame(event, events[0]!));
  const last = first < 0 ? undefined : stored[first + events.length - 1];
  if (last === undefined || !events.every((event, index) => isSame(stored[first + index]!, event))) return false;
  resolve({ revision: last.revision, position: last.position });
  return true;
};

/** By the command that it comes from: its id follows from its place, its moment is that of the attempt. */
const isSame = (stored: LoggedEvent, { type, data, metadata }: ProposedEvent): boolean =>
  stored.type === type &&
  typeof metadata['commandId'] === 'string' &&
  stored.metadata['commandId'] === metadata['commandId'] &&
  JSON.stringify(stored.data) === JSON.stringify(data);

const contended = (stream: string, cause: Error): Error =>
  new EventLogUnavailable(`Too many append to ${stream} at once.`, { cause });

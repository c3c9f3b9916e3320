import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppendRefused,
  EventLogUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type LoggedEvent,
  type ProposedEvent,
} from '#kernel';
import { LRUCache } from 'lru-cache';
import { chained, STREAMS_MAX, type ChainEnd } from './chain-end.js';
import { sentBefore } from './sent-before.js';

/** Together they stay well below what a log takes in one append. */
const BYTES_PER_APPEND_MAX = 512 * 1024;
const EVENTS_PER_APPEND_MAX = 500;
const ATTEMPTS_MAX = 100;
const PAUSE_MILLISECONDS_MAX = 100;

interface Waiting {
  readonly events: readonly ProposedEvent[];
  /** Where they are looked for before they are appended, if they were sent before: behind an end, or anywhere. */
  mayStand: ChainEnd | 'anywhere' | undefined;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends that go wherever their stream ends. A chain has one end: those of a stream go one after the other, and those that wait
 * meanwhile go together, so that many writers of one stream still share a flush.
 */
export class AppendsAtEnd {
  private readonly waiting = new Map<string, Waiting[]>();
  /** By command, where it was sent and nobody answered: when it comes again it is looked for, though the end is known by then. */
  private readonly unanswered = new LRUCache<string, ChainEnd>({ max: STREAMS_MAX });
  /** Ends behind which somebody else appended, or an append was sent that nobody answered: what stands there is looked at first. */
  private readonly moved = new LRUCache<string, ChainEnd>({ max: STREAMS_MAX });

  constructor(
    private readonly log: EventLog,
    private readonly ends: LRUCache<string, ChainEnd>,
  ) {}

  /** @param mayStand `anywhere` if another process was asked to append them, and has not answered */
  append(stream: string, events: readonly ProposedEvent[], mayStand?: 'anywhere'): Promise<Appended> {
    if (events.length === 0) return Promise.reject(new RangeError(`An append to ${stream} has no events.`));
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(stream);
      const own = { events, mayStand: mayStand ?? this.unanswered.get(commandOf(events)), resolve, reject };
      if (queue !== undefined) return void queue.push(own);
      this.waiting.set(stream, [own]);
      void this.work(stream);
    });
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
          for (const one of group) this.unanswered.set(commandOf(one.events), end);
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
    const known = this.ends.get(stream);
    const places = [this.moved.get(stream), ...group.map(({ mayStand }) => mayStand)].filter(
      (place) => place !== undefined,
    );
    if (known !== undefined && places.length === 0) return known;
    const ends = places
      .filter((place) => place !== 'anywhere')
      .toSorted((left, right) => left.revision - right.revision);
    const sought = group.flatMap((one) => one.events);
    const where = { since: ends[0], isAnywhere: ends.length < places.length };
    const { end, events } = await sentBefore(this.log, stream, sought, where);
    const stored = group.filter((one) => answeredFrom(events, one));
    for (const one of group) one.mayStand = undefined;
    for (const one of stored) group.splice(group.indexOf(one), 1);
    this.ends.set(stream, end);
    this.moved.delete(stream);
    return end;
  }
}

/** Those that come from no command are never taken for each other. */
const commandOf = ([first]: readonly ProposedEvent[]): string =>
  (first!.metadata['commandId'] as string | undefined) ?? first!.id;

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

import { publicEventOf, type PublicEvent } from '#contracts';
import { EventLog, refuse, refuseAt, type TenantId } from '#kernel';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { LiveTail } from './live-tail.js';
import { selected, streamsOf, type Selection } from './selection.js';

/** Small enough for a slow reader to have little in hand. */
const PAGE_EVENTS = 100;
const HEARTBEAT_MILLISECONDS = 15_000;
const READERS_OF_A_TENANT_MAX = 100;

/** Where somebody begins to listen: after a position, with the first event there is, or with the next one to come. */
export type FeedStart = bigint | 'start' | 'now';

export interface FeedRequest extends Selection {
  readonly from: FeedStart;
  /** Where in the request of a caller it stands. */
  readonly fromAt?: string;
  /** Aborts when the reader is gone or must go, in any case. */
  readonly signal: AbortSignal;
  /** The longest silence: a page without events tells how far the log was looked through. */
  readonly heartbeatMilliseconds?: number;
}

/** Some of what is wanted, in the order of the log. */
export interface FeedPage {
  readonly events: readonly PublicEvent[];
  /** Nothing that is wanted stands between the last event and here: a reader may go on after it. */
  readonly position: bigint;
}

/**
 * The public events of a tenant, for every door: from a position, in the order of the log, and then as they happen. Whoever does
 * not take a page waits for nobody and is waited for by nobody: each reader goes at its own pace with one page in hand.
 */
@Injectable()
export class EventFeed implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly readers = new Map<TenantId, number>();
  private tail: Promise<LiveTail> | undefined;

  constructor(private readonly log: EventLog) {}

  /**
   * Pages until the signal aborts or the process stops.
   * @throws EventLogUnavailable | DomainError `too_many_streams`, `position_beyond_head`; the pages themselves, UnknownStoredEvent
   */
  async follow(request: FeedRequest): Promise<AsyncGenerator<FeedPage, void>> {
    const leave = this.enter(request);
    try {
      const tail = await this.newest();
      const pages = this.pages(tail, await this.positionOf(request, tail), {
        ...request,
        signal: AbortSignal.any([request.signal, this.stopping.signal]),
      });
      return leaving(pages, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async *pages(tail: LiveTail, after: bigint, request: FeedRequest): AsyncGenerator<FeedPage, void> {
    const { signal, heartbeatMilliseconds = HEARTBEAT_MILLISECONDS } = request;
    let position = after;
    let toldAt = performance.now();
    const told = (event: PublicEvent): PublicEvent | undefined => selected(request, event);
    while (!signal.aborted) {
      if (!tail.covers(position)) {
        for await (const page of this.earlier(tail, position, request)) {
          position = page.position;
          if (page.events.length === 0 && performance.now() - toldAt < heartbeatMilliseconds) continue;
          toldAt = performance.now();
          yield page;
        }
        continue;
      }
      const found = tail.after(position, told, PAGE_EVENTS);
      position = found.position;
      const quiet = performance.now() - toldAt;
      if (found.events.length > 0 || quiet >= heartbeatMilliseconds) {
        toldAt = performance.now();
        yield { events: found.events, position };
      } else if (position >= tail.position) await tail.changes(heartbeatMilliseconds - quiet, signal);
    }
  }

  /** From the log, until what is newer is at hand. */
  private async *earlier(tail: LiveTail, after: bigint, request: FeedRequest): AsyncGenerator<FeedPage> {
    const batches = this.log.subscribe({
      ...(after > 0n ? { after } : {}),
      filter: streamsOf(request),
      batchSize: PAGE_EVENTS,
      signal: request.signal,
    });
    for await (const { events, position } of batches) {
      const told = events.map(publicEventOf).map((event) => event && selected(request, event));
      yield { events: told.filter((event) => event !== undefined), position };
      if (tail.covers(position)) return;
    }
  }

  private async positionOf({ from, fromAt = '/from' }: FeedRequest, tail: LiveTail): Promise<bigint> {
    if (from === 'start') return 0n;
    const head = await this.log.head();
    if (from === 'now') return head;
    // What was told of the log may lie behind its last event: it was looked through so far.
    if (from <= head || from <= tail.position) return from;
    return refuseAt(
      fromAt,
      'position_beyond_head',
      `The log ends at ${head}: nothing comes after ${from}. Was it restored from an older copy?`,
      'invalid',
    );
  }

  /** One for all readers, begun with the first of them; a failed one is begun again. */
  private newest(): Promise<LiveTail> {
    const start = (): Promise<LiveTail> => LiveTail.start(this.log, this.stopping.signal);
    this.tail = this.tail?.then((tail) => (tail.hasFailed ? start() : tail), start) ?? start();
    return this.tail;
  }

  /** Each reader holds a connection and, while it catches up, a reading of the log. */
  private enter({ tenantId, signal }: FeedRequest): () => void {
    const readers = this.readers.get(tenantId) ?? 0;
    if (readers >= READERS_OF_A_TENANT_MAX) {
      return refuse(
        'too_many_streams',
        `A tenant listens ${READERS_OF_A_TENANT_MAX} times at once at the most.`,
        'too_many',
      );
    }
    this.readers.set(tenantId, readers + 1);
    let isIn = true;
    const leave = (): void => {
      if (!isIn) return;
      isIn = false;
      const left = this.readers.get(tenantId)! - 1;
      if (left > 0) this.readers.set(tenantId, left);
      else this.readers.delete(tenantId);
    };
    signal.addEventListener('abort', leave, { once: true });
    // Whoever is gone already is told of by no event any more.
    if (signal.aborted) leave();
    return leave;
  }
}

/** Whoever reads to the end, or no further, needs no signal to leave. */
async function* leaving(pages: AsyncGenerator<FeedPage, void>, leave: () => void): AsyncGenerator<FeedPage, void> {
  try {
    yield* pages;
  } finally {
    leave();
  }
}

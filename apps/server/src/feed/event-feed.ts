import { publicEventOf, type PublicEvent } from '#contracts';
import { EventLog, refuse, refuseAt, type EventBatch, type LoggedEvent, type TenantId } from '#kernel';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import pTimeout from 'p-timeout';
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
  /** Of events that several readers are told: made once. */
  private readonly published = new WeakMap<LoggedEvent, PublicEvent | null>();
  private toldThrough = 0n;

  constructor(private readonly log: EventLog) {}

  /**
   * Pages until the signal aborts or the process stops.
   * @throws EventLogUnavailable | DomainError `too_many_streams`, `position_beyond_head`; the pages themselves, UnknownStoredEvent
   */
  async follow(request: FeedRequest): Promise<AsyncGenerator<FeedPage, void>> {
    const leave = this.enter(request);
    try {
      return leaving(this.pages(await this.positionOf(request), request), leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async *pages(after: bigint, request: FeedRequest): AsyncGenerator<FeedPage, void> {
    const { heartbeatMilliseconds = HEARTBEAT_MILLISECONDS } = request;
    const left = new AbortController();
    const batches = this.batches(after, request, left.signal);
    let position = after;
    let toldAt = performance.now();
    try {
      for (let next = batches.next(); ;) {
        const found = await pTimeout(next, {
          milliseconds: Math.max(1, heartbeatMilliseconds - (performance.now() - toldAt)),
          fallback: () => undefined,
        });
        if (found?.done) return;
        const events = found ? this.told(request, found.value.events) : [];
        if (found) ({ position } = found.value);
        this.toldThrough = position > this.toldThrough ? position : this.toldThrough;
        if (events.length > 0 || performance.now() - toldAt >= heartbeatMilliseconds) {
          toldAt = performance.now();
          yield { events, position };
        }
        if (found) next = batches.next();
      }
    } finally {
      left.abort();
      await batches.return(undefined);
    }
  }

  private async *batches(after: bigint, request: FeedRequest, left: AbortSignal): AsyncGenerator<EventBatch, void> {
    yield* this.log.subscribe({
      ...(after > 0n ? { after } : {}),
      filter: streamsOf(request),
      batchSize: PAGE_EVENTS,
      signal: AbortSignal.any([request.signal, this.stopping.signal, left]),
    });
  }

  private told(request: FeedRequest, events: readonly LoggedEvent[]): PublicEvent[] {
    return events
      .map((logged) => {
        let event = this.published.get(logged);
        if (event === undefined) this.published.set(logged, (event = publicEventOf(logged) ?? null));
        return event === null ? undefined : selected(request, event);
      })
      .filter((event) => event !== undefined);
  }

  private async positionOf({ from, fromAt = '/from' }: FeedRequest): Promise<bigint> {
    const head = await this.log.head();
    if (from === 'start') return 0n;
    if (from === 'now') return head;
    // What was told of the log may lie behind its last event: it was looked through so far.
    if (from <= head || from <= this.toldThrough) return from;
    return refuseAt(
      fromAt,
      'position_beyond_head',
      `The log ends at ${head}: nothing comes after ${from}. Was it restored from an older copy?`,
      'invalid',
    );
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

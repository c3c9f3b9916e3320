import { type EventBatch, EventLogUnavailable, type LogFilter, type LoggedEvent } from '#kernel';

import { type Call, openCall } from './calls.js';
import { type Lease } from './connection.js';
import { EndWatch, type Watched } from './end-watch.js';
import { type Inbox } from './inbox.js';
import { decodeMessage, type Message } from './messages.js';

/** An event, or what is known of the place in the log after the one before. */
type Item =
  | { readonly kind: 'event'; readonly event: LoggedEvent; readonly bytes: number }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caught_up' }
  | { readonly kind: 'fell_behind' };

/** With what its events took on their way. */
export interface SizedBatch extends EventBatch {
  readonly bytes: number;
}

const CAUGHT_UP: Item = { kind: 'caught_up' };
const FELL_BEHIND: Item = { kind: 'fell_behind' };

/** One subscription of the server, from its opening to its first failure. */
export class SubscriptionSession implements Watched {
  received: bigint;
  isAtEnd = false;
  private readonly call: Call<Item>;
  private readonly watch: EndWatch;
  private expectedEnd: bigint | undefined;
  private readonly leave = (): void => this.fail(new EventLogUnavailable('Another node leads by now.'));

  /** @param acknowledged how far the log is known to go @param silentMs how long its node may take to say where the log ends */
  constructor(
    private readonly lease: Lease,
    filter: LogFilter,
    private readonly after: bigint,
    acknowledged: () => bigint,
    silentMs: number,
  ) {
    this.received = after;
    this.call = openCall<Item>(lease, { kind: 'subscription', after, filter }, (inbox, bytes, goOn) =>
      this.receive(inbox, decodeMessage(bytes), goOn),
    );
    this.watch = new EndWatch(lease, filter, this, acknowledged, silentMs);
    lease.over.addEventListener('abort', this.leave);
  }

  get isQuiet(): boolean {
    return this.call.inbox.isEmpty;
  }

  /**
   * Ends when the server or `end` ends the subscription, fails when the subscription fails.
   * @param gatherMs how long a batch may wait to be full while the end of the log is not reached: some servers send ten events at a time, and
   * whoever takes them pays for each batch
   */
  async *batches(batchSize: number, gatherMs = 0): AsyncGenerator<SizedBatch> {
    const { inbox } = this.call;
    let position = this.after;
    let isAtEnd = false;
    let caughtUp = false;
    const next = async (): Promise<readonly Item[]> => {
      if (!this.isAtEnd && gatherMs > 0) await inbox.filled(batchSize, gatherMs);
      return inbox.take(batchSize);
    };
    for (let items = await next(); items.length > 0; items = await next()) {
      const events: LoggedEvent[] = [];
      let bytes = 0;
      const positionBefore = position;
      const caughtUpBefore = caughtUp;
      for (const item of items) {
        if (item.kind === 'event') {
          events.push(item.event);
          bytes += item.bytes;
        }
        if (item.kind === 'caught_up' || item.kind === 'fell_behind') isAtEnd = item.kind === 'caught_up';
        else position = item.kind === 'event' ? item.event.position : item.position;
      }
      caughtUp = isAtEnd && inbox.isEmpty;
      if (events.length > 0 || position > positionBefore || (caughtUp && !caughtUpBefore)) {
        yield { events, position, caughtUp, bytes };
      }
    }
  }

  end(): void {
    this.lease.over.removeEventListener('abort', this.leave);
    this.watch.stop();
    this.call.inbox.end();
    this.call.close();
  }

  fail(error: Error): void {
    this.watch.stop();
    this.call.inbox.end(error);
  }

  reachedEnd(position: bigint): void {
    if (position > this.received) this.receiveCheckpoint(this.call.inbox, position);
    this.arriveAtEnd(this.call.inbox);
  }

  endsAt(position: bigint): void {
    this.expectedEnd = position;
  }

  private receive(inbox: Inbox<Item>, message: Message, goOn: () => void): boolean {
    switch (message.kind) {
      case 'event':
        return this.receiveEvent(inbox, message, goOn);
      case 'checkpoint':
        if (message.position > this.received) this.receiveCheckpoint(inbox, message.position);
        return true;
      case 'caught_up':
        this.arriveAtEnd(inbox);
        return true;
      case 'other':
        return true;
    }
  }

  private receiveEvent(inbox: Inbox<Item>, item: Extract<Item, { kind: 'event' }>, goOn: () => void): boolean {
    this.received = item.event.position;
    const hasRoom = inbox.put(item, item.bytes, goOn);
    if (!hasRoom) this.fallBehind(inbox);
    else if (this.expectedEnd !== undefined && this.received >= this.expectedEnd) this.arriveAtEnd(inbox);
    return hasRoom;
  }

  private receiveCheckpoint(inbox: Inbox<Item>, position: bigint): void {
    this.received = position;
    inbox.put({ kind: 'checkpoint', position }, 0);
  }

  private arriveAtEnd(inbox: Inbox<Item>): void {
    this.expectedEnd = undefined;
    if (this.isAtEnd) return;
    this.isAtEnd = true;
    inbox.put(CAUGHT_UP, 0);
    inbox.enough();
  }

  /** The server need not say that it goes back to catching up while nobody takes what it sends. */
  private fallBehind(inbox: Inbox<Item>): void {
    if (!this.isAtEnd) return;
    this.isAtEnd = false;
    inbox.put(FELL_BEHIND, 0);
  }
}

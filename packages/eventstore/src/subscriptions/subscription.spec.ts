import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { encodeRecord } from '../codec/recorded-event.js';
import { streamNameOf } from '../codec/record-fields.js';
import { type EventFilter } from '../semantics/event-filter.js';
import { Streams } from '../semantics/streams.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { CheckpointCadence } from './checkpoint-cadence.js';
import { Feed } from './feed.js';
import { followedLog, followedStream } from './followed.js';
import { asStored } from './reading.js';
import { type Sink } from './sink.js';
import { Subscription } from './subscription.js';

/** What a message is, by its first byte. */
const KINDS: Record<number, string> = { 0x0a: 'event', 0x12: 'confirmation', 0x1a: 'checkpoint', 0x42: 'caught up' };

/** A client that takes as many messages as it has room for. */
class Client implements Sink {
  readonly messages: string[] = [];
  closed = false;
  room = Infinity;
  private callbacks: (() => void)[] = [];
  private resume: (() => void) | undefined;

  send(message: Buffer): boolean {
    this.messages.push(KINDS[message[0] ?? -1] ?? 'unknown');
    return --this.room > 0;
  }

  drained(): Promise<void> {
    if (this.room > 0 || this.closed) return Promise.resolve();
    return new Promise((resolve) => (this.resume = resolve));
  }

  onClosed(callback: () => void): () => void {
    this.callbacks.push(callback);
    return () => (this.callbacks = this.callbacks.filter((other) => other !== callback));
  }

  makeRoom(messages: number): void {
    this.room = messages;
    this.resume?.();
  }

  leave(): void {
    this.closed = true;
    this.resume?.();
    for (const callback of this.callbacks) callback();
  }
}

describe('a subscription', () => {
  const given = (stored: number, filter: EventFilter = () => true) => {
    const storage = new MemoryStorage();
    const feed = new Feed();
    const store = { storage, feed, streams: new Streams(storage, () => 0) };
    const client = new Client();
    const flush = (count = 1, stream = 's'): void => {
      const events = Array.from({ length: count }, () => {
        const place = { stream, revision: storage.lastRevision(stream) + 1, position: storage.head + 1 };
        const event = { id: '', type: 'T', isJson: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) };
        const newEvent = { ...place, record: encodeRecord(event, { ...place, created: '0' }) };
        storage.put(newEvent);
        return newEvent;
      });
      feed.publish(events);
    };
    flush(stored);
    const subscribe = (cadence?: CheckpointCadence, followed = followedLog(store), cursor = 0): void => {
      const options = { id: 'id', cursor, filter, cadence, answer: asStored, now: () => 0 };
      void new Subscription(followed, client, options).run();
    };
    return { store, client, flush, subscribe };
  };

  it('is confirmed, catches up, says so, then lives [2.7/order]', async () => {
    const { client, flush, subscribe } = given(2);
    subscribe();
    await nextTurn();
    flush();
    expect(client.messages).toEqual(['confirmation', 'event', 'event', 'caught up', 'event']);
  });

  it('with a filter has a checkpoint before it has caught up, and while it lives [2.7/checkpoint/order]', async () => {
    const { client, flush, subscribe } = given(2, (record) => streamNameOf(record) === 't');
    subscribe(new CheckpointCadence(3));
    await nextTurn();
    flush(2);
    flush(1, 't');
    expect(client.messages).toEqual(['confirmation', 'checkpoint', 'caught up', 'event', 'checkpoint']);
  });

  it('of a stream delivers that stream, after the revision that is known', async () => {
    const { client, flush, store, subscribe } = given(3);
    flush(2, 't');
    subscribe(undefined, followedStream(store, 's'), 1);
    await nextTurn();
    flush(1, 't');
    flush(1, 's');
    expect(client.messages).toEqual(['confirmation', 'event', 'caught up', 'event']);
  });

  it('delivers nothing before the revision that is known, even if that is to come [2.7/stream/beyond]', async () => {
    const { client, flush, store, subscribe } = given(1);
    subscribe(undefined, followedStream(store, 's'), 2);
    await nextTurn();
    flush(3);
    expect(client.messages).toEqual(['confirmation', 'caught up', 'event']);
  });

  it('that cannot keep up keeps nothing in memory, goes back to storage, and misses nothing [2.7/slow]', async () => {
    const { client, flush, subscribe } = given(0);
    subscribe();
    await nextTurn();
    client.makeRoom(2);
    flush(5);
    expect(client.messages.filter((message) => message === 'event')).toHaveLength(2);
    flush(5);
    expect(client.messages.filter((message) => message === 'event')).toHaveLength(2);
    client.makeRoom(Infinity);
    await nextTurn();
    flush();
    expect(client.messages).toEqual([
      'confirmation',
      'caught up',
      ...Array<string>(10).fill('event'),
      'caught up',
      'event',
    ]);
  });

  it('is forgotten when its client leaves', async () => {
    const { client, flush, subscribe } = given(0);
    subscribe();
    await nextTurn();
    client.leave();
    flush();
    expect(client.messages).toEqual(['confirmation', 'caught up']);
  });

  it('catches up with a long log in slices, between which others have their turn', async () => {
    const { client, subscribe } = given(2_000);
    subscribe();
    expect(client.messages.length).toBeLessThan(1_000);
    for (let turn = 0; turn < 10; turn++) await nextTurn();
    expect(client.messages).toHaveLength(2_002);
  });
});

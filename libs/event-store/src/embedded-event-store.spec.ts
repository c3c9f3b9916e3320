import { EventStoreDBClient, jsonEvent, MaxAppendSizeExceededError } from '@eventstore/db-client';
import { type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { AppendOutcomeUnknown, EventLogUnavailable, type LoggedEvent } from '#kernel';
import { aStream, anEvent, collect, events } from '#testing';

import { Relay } from '../../../test/services/relay.js';

import { type Way } from './connection.js';
import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';
import { WAYS } from './ways.contract.js';

const impatiently = (way: Way) => ({
  way,
  appends: { attemptMs: 300, retryWithinMs: 500, firstPauseMs: 10, longestPauseMs: 10 },
  reads: { firstMs: 300, betweenMs: 300, retryWithinMs: 400 },
});

describe.each(WAYS)('the event log by %s on an embedded event store', (way) => {
  let store: TemporaryEventStore;
  let log: EventStoreDbLog;

  beforeEach(async () => {
    store = await TemporaryEventStore.start('--max-append-bytes', '100000');
    log = new EventStoreDbLog(store.connectionString, { way });
  });

  afterEach(async () => {
    await log.dispose();
    await store.remove();
  });

  const idsIn = async (stream: string): Promise<string[]> =>
    (await collect(log.readStream(stream))).map(({ id }) => id);

  describe('that is killed and started again', () => {
    const restart = async (): Promise<void> => {
      await store.kill();
      await store.start();
    };

    it('has what was appended', async () => {
      const written = events(3);
      await log.append('account-a', written, 'no_stream');
      await restart();
      await expect(idsIn('account-a')).resolves.toEqual(written.map(({ id }) => id));
    });

    it('2.5/exact/restart: it still knows a repetition at a revision', async () => {
      const written = events(3);
      const appended = await log.append('account-a', written, 'no_stream');
      await restart();
      await expect(log.append('account-a', written, 'no_stream')).resolves.toEqual(appended);
      await expect(idsIn('account-a')).resolves.toHaveLength(3);
    });

    it('2.5/any/restart: it no longer knows a repetition at any revision', async () => {
      const written = events(1);
      await log.append('account-a', written, 'any');
      await restart();
      await expect(log.append('account-a', written, 'any')).resolves.toMatchObject({ revision: 1 });
    });

    it('2.8/restart: it still knows what was deleted, and where a stream goes on that came back', async () => {
      const client = EventStoreDBClient.connectionString(store.connectionString);
      for (const stream of ['deleted', 'ended', 'recreated']) await log.append(stream, events(2), 'no_stream');
      for (const stream of ['deleted', 'recreated']) await client.deleteStream(stream);
      await client.tombstoneStream('ended');
      await log.append('recreated', events(1), 'no_stream');
      await client.dispose();
      await restart();
      const again = EventStoreDBClient.connectionString(store.connectionString);
      await expect(idsIn('recreated')).resolves.toHaveLength(1);
      await expect(collect(again.readStream('deleted'))).rejects.toMatchObject({ type: 'stream-not-found' });
      await expect(collect(again.readStream('ended'))).rejects.toMatchObject({ type: 'stream-deleted' });
      await expect(log.append('deleted', events(1), 'no_stream')).resolves.toMatchObject({ revision: 2 });
      await expect(log.append('recreated', events(1), 2)).resolves.toMatchObject({ revision: 3 });
      await expect(log.append('ended', events(1), 'any')).rejects.toThrow(/stream-deleted/u);
      await again.dispose();
    });

    it('goes on with its positions', async () => {
      const { position } = await log.append('account-a', events(3), 'no_stream');
      await restart();
      await expect(log.head()).resolves.toBe(position);
      await expect(log.append('account-b', events(1), 'no_stream')).resolves.toHaveProperty('position', position + 1n);
    });

    it('takes an append that is under way meanwhile, once', async () => {
      await log.append('account-a', events(1), 'no_stream');
      store.freeze();
      const proposed = events(2);
      const appending = log.append('account-a', proposed, 0);
      await restart();
      await expect(appending).resolves.toMatchObject({ revision: 2 });
      await expect(idsIn('account-a')).resolves.toHaveLength(3);
    }, 20_000);

    it('does not stop a subscription, which misses nothing and repeats nothing', async () => {
      const revisions: number[] = [];
      const interruptions: Error[] = [];
      const abort = new AbortController();
      const following = new EventStoreDbLog(store.connectionString, {
        subscriptions: { interrupted: (_, error) => interruptions.push(error), resumed: () => undefined },
      });
      const options = { filter: { streamPrefixes: ['account-'] }, batchSize: 10, signal: abort.signal };
      let appended = 0;
      for await (const { events: some, caughtUp } of following.subscribe(options)) {
        revisions.push(...some.map(({ revision }) => revision));
        if (revisions.length === 9) break;
        if (!caughtUp || revisions.length < appended) continue;
        if (appended > 0) await restart();
        await log.append('account-a', events(3), appended === 0 ? 'no_stream' : appended - 1);
        appended += 3;
      }
      expect(revisions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(interruptions.length).toBeGreaterThanOrEqual(2);
      expect(interruptions[0]).toBeInstanceOf(EventLogUnavailable);
      await following.dispose();
    }, 30_000);
  });

  describe('whose connection is lost', () => {
    const LETTERS = 'x'.repeat(9_000);
    const ROUNDS = 200;

    it('in the middle of a long read, which goes on behind what it has delivered', async () => {
      const category = aStream('long');
      for (let round = 0; round < ROUNDS; round++) {
        const written = events(10).map((event) => ({ ...event, data: { ...event.data, text: LETTERS } }));
        await log.append(category, written, round === 0 ? 'no_stream' : round * 10 - 1);
      }
      const revisions = Array.from({ length: ROUNDS * 10 }, (_, revision) => revision);
      const relay = await Relay.before(Number(new URL(store.connectionString).port));
      const reading = new EventStoreDbLog(relay.of(store.connectionString), { way });
      const read = async (all: AsyncIterable<LoggedEvent>): Promise<number[]> => {
        const found: number[] = [];
        for await (const { revision } of all) {
          // More is on its way than may wait here.
          if (found.push(revision) === 100) {
            relay.cut();
            setTimeout(() => relay.goOn(), 50);
          }
        }
        return found;
      };
      await expect(read(reading.readStream(category))).resolves.toEqual(revisions);
      const backward = reading.readStream(category, { direction: 'backward', limit: 1_500 });
      await expect(read(backward)).resolves.toEqual([...revisions].reverse().slice(0, 1_500));
      await expect(read(reading.readAll({ filter: { streamPrefixes: [category] } }))).resolves.toEqual(revisions);
      await reading.dispose();
      await relay.stop();
    }, 30_000);
  });

  describe('that does not answer', () => {
    it('leaves the outcome of an append unknown, until it is asked again', async () => {
      await log.append('account-a', events(1), 'no_stream');
      const impatient = new EventStoreDbLog(store.connectionString, impatiently(way));
      await impatient.checkHealth();
      const proposed = events(1);
      store.freeze();
      const frozen = impatient.append('account-a', proposed, 0);
      await expect(frozen).rejects.toThrow(AppendOutcomeUnknown);
      store.unfreeze();
      await expect(impatient.append('account-a', proposed, 0)).resolves.toMatchObject({ revision: 1 });
      await expect(idsIn('account-a')).resolves.toHaveLength(2);
      await impatient.dispose();
    });

    it('is unavailable for an append that never left', async () => {
      await store.kill();
      let retries = 0;
      const onRetry = () => (retries += 1);
      const impatient = new EventStoreDbLog(store.connectionString, { ...impatiently(way), onRetry });
      await expect(impatient.append('account-a', events(1), 'any')).rejects.toThrow(EventLogUnavailable);
      expect(retries).toBeGreaterThan(0);
      await impatient.dispose();
    });

    it('is unavailable for reads and probes', async () => {
      await store.kill();
      const impatient = new EventStoreDbLog(store.connectionString, impatiently(way));
      const everything = impatient.readAll({ filter: { streamPrefixes: ['a'] } });
      await expect(collect(impatient.readStream('account-a'))).rejects.toThrow(EventLogUnavailable);
      await expect(collect(everything)).rejects.toThrow(EventLogUnavailable);
      await expect(impatient.head()).rejects.toThrow(EventLogUnavailable);
      await expect(impatient.checkHealth()).rejects.toThrow(EventLogUnavailable);
      await impatient.dispose();
    });

    it('does not keep a subscription from ending', async () => {
      await store.kill();
      const abort = new AbortController();
      const interrupted = new EventStoreDbLog(store.connectionString, {
        subscriptions: { interrupted: () => abort.abort(), resumed: () => undefined },
      });
      const options = { filter: { streamPrefixes: ['account-'] }, batchSize: 10, signal: abort.signal };
      await expect(collect(interrupted.subscribe(options))).resolves.toEqual([]);
      await interrupted.dispose();
    });
  });

  it('2.5/too-big: an append that is too big is refused, and nothing of it is taken', async () => {
    const big = { ...anEvent(), data: { text: 'x'.repeat(100_000) } };
    await expect(log.append('account-a', [anEvent(), big], 'any')).rejects.toThrow(/maximum-append-size-exceeded/u);
    await expect(idsIn('account-a')).resolves.toEqual([]);
    const client = EventStoreDBClient.connectionString(store.connectionString);
    const event = jsonEvent({ type: 'Big', data: 'x'.repeat(100_000) });
    const credentials = { username: 'admin', password: 'changeit' };
    await expect(client.appendToStream('big', event, { credentials })).rejects.toMatchObject({
      maxAppendSize: 100_000,
    });
    await expect(client.appendToStream('big', event)).rejects.toThrow(MaxAppendSizeExceededError);
    await client.dispose();
  });

  it('2.5/error/event-too-big: a single event has a limit of its own, if it is given one', async () => {
    const limited = await TemporaryEventStore.start('--max-event-bytes', '1000');
    const client = EventStoreDBClient.connectionString(limited.connectionString);
    const event = jsonEvent({ type: 'Big', data: 'x'.repeat(1_000) });
    const credentials = { username: 'admin', password: 'changeit' };
    const trailers = { exception: 'maximum-append-event-size-exceeded', 'maximum-append-event-size': '1000' };
    const error = await client.appendToStream('big', event, { credentials }).catch((caught: unknown) => caught);
    expect((error as { _raw: ServiceError })._raw.metadata.getMap()).toMatchObject({
      ...trailers,
      'event-id': event.id,
    });
    await expect(client.appendToStream('big', event)).rejects.toThrow(/MaximumAppendEventSizeExceeded/u);
    await client.dispose();
    await limited.remove();
  });

  it('2.2/unimplemented: what it does not do it says that it does not', async () => {
    const client = EventStoreDBClient.connectionString(store.connectionString);
    await expect(client.listProjections()).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
    await client.dispose();
  });

  it('is left by a subscription and refused to appends once it is disposed of', async () => {
    const options = { filter: { streamPrefixes: ['account-'] }, batchSize: 10, signal: new AbortController().signal };
    for await (const { caughtUp } of log.subscribe(options)) if (caughtUp) await log.dispose();
    await expect(log.append(aStream(), events(1), 'any')).rejects.toThrow(/closed|cancelled/u);
  });
});

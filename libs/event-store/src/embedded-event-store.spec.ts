import { EventStoreDBClient, jsonEvent, MaxAppendSizeExceededError } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { AppendOutcomeUnknown, EventLogUnavailable } from '#kernel';
import { aStream, anEvent, collect, events } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';

const IMPATIENT = { attemptMs: 300, retryWithinMs: 500, firstPauseMs: 10, longestPauseMs: 10 };

describe('the event log on an embedded event store', () => {
  let store: TemporaryEventStore;
  let log: EventStoreDbLog;

  beforeEach(async () => {
    store = await TemporaryEventStore.start('--max-append-bytes', '100000');
    log = new EventStoreDbLog(store.connectionString);
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

    it('still knows a repetition at a revision [2.5/exact/restart]', async () => {
      const written = events(3);
      const appended = await log.append('account-a', written, 'no_stream');
      await restart();
      await expect(log.append('account-a', written, 'no_stream')).resolves.toEqual(appended);
      await expect(idsIn('account-a')).resolves.toHaveLength(3);
    });

    it('no longer knows a repetition at any revision [2.5/any/restart]', async () => {
      const written = events(1);
      await log.append('account-a', written, 'any');
      await restart();
      await expect(log.append('account-a', written, 'any')).resolves.toMatchObject({ revision: 1 });
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
        onInterruption: (error) => interruptions.push(error),
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

  describe('that does not answer', () => {
    it('leaves the outcome of an append unknown, until it is asked again', async () => {
      await log.append('account-a', events(1), 'no_stream');
      const impatient = new EventStoreDbLog(store.connectionString, IMPATIENT);
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
      const impatient = new EventStoreDbLog(store.connectionString, IMPATIENT);
      await expect(impatient.append('account-a', events(1), 'any')).rejects.toThrow(EventLogUnavailable);
      await impatient.dispose();
    });

    it('is unavailable for reads and probes', async () => {
      await store.kill();
      await expect(collect(log.readStream('account-a'))).rejects.toThrow(EventLogUnavailable);
      await expect(collect(log.readAll({ filter: { streamPrefixes: ['a'] } }))).rejects.toThrow(EventLogUnavailable);
      await expect(log.head()).rejects.toThrow(EventLogUnavailable);
      await expect(log.checkHealth()).rejects.toThrow(EventLogUnavailable);
    });

    it('does not keep a subscription from ending', async () => {
      await store.kill();
      const abort = new AbortController();
      const interrupted = new EventStoreDbLog(store.connectionString, { onInterruption: () => abort.abort() });
      const options = { filter: { streamPrefixes: ['account-'] }, batchSize: 10, signal: abort.signal };
      await expect(collect(interrupted.subscribe(options))).resolves.toEqual([]);
      await interrupted.dispose();
    });
  });

  it('refuses an append that is too big, and takes nothing of it [2.5/too-big]', async () => {
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

  it('says of what it does not do that it does not [2.2/unimplemented]', async () => {
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

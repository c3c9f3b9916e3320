import {
  type AllStreamSubscription,
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  jsonEvent,
  START,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';

import { aStream } from './samples.js';

import { clientOf, letterOf, lettersOf, type Setting } from './setting.js';

type Subscription = StreamSubscription | AllStreamSubscription;

/** The letters of the first events that arrive; the subscription ends with the last of them. */
const firstLetters = async (subscription: Subscription, count: number): Promise<string> => {
  let letters = '';
  for await (const read of subscription) {
    letters += letterOf(read) ?? '?';
    if (letters.length === count) break;
  }
  await subscription.unsubscribe();
  return letters;
};

export const describeCatchUps = (setting: Setting): void => {
  describe(`catch-up subscriptions to ${setting.name}`, () => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = clientOf(setting);
    });
    afterAll(() => client.dispose());

    const append = async (stream: string, letters: string) => client.appendToStream(stream, lettersOf()(letters));

    it('2.7/stream/start: a stream from its start, and what comes', async () => {
      const stream = aStream();
      await append(stream, 'ab');
      const subscription = client.subscribeToStream(stream);
      subscription.once('data', () => void append(stream, 'c'));
      await expect(firstLetters(subscription, 3)).resolves.toBe('abc');
    });

    it('2.7/stream/exclusive: they begin after the revision that they name', async () => {
      const stream = aStream();
      await append(stream, 'abcd');
      await expect(firstLetters(client.subscribeToStream(stream, { fromRevision: 1n }), 2)).resolves.toBe('cd');
    });

    it('2.7/stream/to-come: also if that is still to come', async () => {
      const stream = aStream();
      await append(stream, 'a');
      const subscription = client.subscribeToStream(stream, { fromRevision: 2n });
      subscription.once('caughtUp', () => void append(stream, 'bcd'));
      await expect(firstLetters(subscription, 1)).resolves.toBe('d');
    });

    it('2.7/stream/end: from the end only what comes', async () => {
      const stream = aStream();
      await append(stream, 'abc');
      const subscription = client.subscribeToStream(stream, { fromRevision: 'end' });
      subscription.once('confirmation', () => void append(stream, 'd'));
      await expect(firstLetters(subscription, 1)).resolves.toBe('d');
    });

    it('2.7/stream/never-written: a stream that is not there yet is waited for', async () => {
      const stream = aStream();
      const subscription = client.subscribeToStream(stream);
      subscription.once('confirmation', () => void append(stream, 'a'));
      await expect(firstLetters(subscription, 1)).resolves.toBe('a');
    });

    it('2.7/stream/soft-deleted: a deleted stream is waited for, and goes on where it comes back', async () => {
      const stream = aStream();
      await append(stream, 'ab');
      await client.deleteStream(stream);
      const subscription = client.subscribeToStream(stream);
      subscription.once('caughtUp', () => void append(stream, 'c'));
      await expect(firstLetters(subscription, 1)).resolves.toBe('c');
    });

    it('2.7/stream/deleted-while-subscribed: a deletion is no event of the stream; what follows it is', async () => {
      const stream = aStream();
      await append(stream, 'ab');
      const subscription = client.subscribeToStream(stream);
      subscription.once('caughtUp', () => void client.deleteStream(stream).then(() => append(stream, 'c')));
      await expect(firstLetters(subscription, 3)).resolves.toBe('abc');
    });

    it('2.7/stream/truncated: from the start is from the first that is shown', async () => {
      const stream = aStream();
      await append(stream, 'abcd');
      await client.setStreamMetadata(stream, { maxCount: 2 });
      await expect(firstLetters(client.subscribeToStream(stream), 2)).resolves.toBe('cd');
    });

    it('2.7/stream/truncated-while-subscribed: what comes is delivered, however little is kept', async () => {
      const stream = aStream();
      await client.setStreamMetadata(stream, { maxCount: 1, maxAge: 1 });
      const subscription = client.subscribeToStream(stream);
      subscription.once('caughtUp', () => void append(stream, 'abc'));
      await expect(firstLetters(subscription, 3)).resolves.toBe('abc');
    });

    it.each(['start', 'end', 0n] as const)(
      '2.7/stream/tombstoned/%s: an ended stream is refused',
      async (fromRevision) => {
        const stream = aStream();
        await append(stream, 'ab');
        await client.tombstoneStream(stream);
        const subscription = client.subscribeToStream(stream, { fromRevision }).resume();
        await expect(once(subscription, 'data')).rejects.toMatchObject({ type: 'stream-deleted', streamName: stream });
      },
    );

    it('2.7/stream/tombstoned-while-subscribed: the end is delivered, and ends the subscription', async () => {
      const stream = aStream();
      await append(stream, 'a');
      const subscription = client.subscribeToStream(stream);
      subscription.once('caughtUp', () => void client.tombstoneStream(stream));
      const types: unknown[] = [];
      subscription.on('data', ({ event }) => types.push(event?.type));
      const [error] = (await once(subscription, 'error').catch((caught: unknown) => [caught])) as [unknown];
      expect(error).toMatchObject({ type: 'stream-deleted', streamName: stream });
      expect(types).toEqual(['Letter', '$streamDeleted']);
    });

    it('2.7/caught-up/at-the-end: who begins at the end has caught up at once', async () => {
      const stream = aStream();
      await append(stream, 'a');
      for (const subscribe of [
        () => client.subscribeToStream(stream, { fromRevision: 'end' }),
        () => client.subscribeToStream(stream, { fromRevision: 0n }),
        () => client.subscribeToStream(aStream()),
        () => client.subscribeToAll({ fromPosition: 'end' }),
      ]) {
        const subscription = subscribe().resume();
        await once(subscription, 'caughtUp');
        await subscription.unsubscribe();
      }
    });

    it('2.7/all/exclusive: of the whole log they begin after the position that they name', async () => {
      const { position } = await append(aStream(), 'a');
      await append(aStream(), 'b');
      const subscription = client.subscribeToAll({
        fromPosition: position ?? START,
        filter: eventTypeFilter({ prefixes: ['Letter'] }),
      });
      await expect(firstLetters(subscription, 1)).resolves.toBe('b');
    });

    it('2.7/all/end: of the whole log only what comes', async () => {
      const subscription = client.subscribeToAll({ fromPosition: 'end', filter: excludeSystemEvents() });
      await once(subscription, 'confirmation');
      void append(aStream(), 'a');
      await expect(firstLetters(subscription, 1)).resolves.toBe('a');
    });

    it('2.7/all/beyond-the-end: from a position beyond the end it waits, and says nothing of it', async () => {
      const fromPosition = { commit: 2n ** 60n, prepare: 2n ** 60n };
      const subscription = client.subscribeToAll({ fromPosition });
      const told: unknown[] = [];
      subscription.on('data', (read) => told.push(read)).on('error', (error) => told.push(error));
      await once(subscription, 'confirmation');
      // Another one hears of what is written meanwhile.
      const stream = aStream();
      const other = client.subscribeToStream(stream);
      await append(stream, 'a');
      await expect(firstLetters(other, 1)).resolves.toBe('a');
      await subscription.unsubscribe();
      expect(told).toEqual([]);
    });

    it('2.7/all/system: the whole log has metadata and ends of streams as well', async () => {
      const stream = aStream();
      const { position } = await append(stream, 'a');
      await client.setStreamMetadata(stream, { owner: 'contract' });
      await client.tombstoneStream(stream);
      const types: unknown[] = [];
      const subscription = client.subscribeToAll({ fromPosition: position ?? START });
      for await (const { event } of subscription) {
        if (event?.streamId.endsWith(stream)) types.push(event.type);
        if (event?.type === '$streamDeleted' && event.streamId === stream) break;
      }
      await subscription.unsubscribe();
      expect(types).toEqual(['$metadata', '$streamDeleted']);
    });

    it.each<[string, (unique: string) => Filter]>([
      ['stream-prefix', (unique) => streamNameFilter({ prefixes: ['nothing-', `${unique}-s`] })],
      ['stream-regex', (unique) => streamNameFilter({ regex: `^${unique}-s[0-9]$` })],
      ['type-prefix', (unique) => eventTypeFilter({ prefixes: [`${unique}-T`] })],
      ['type-regex', (unique) => eventTypeFilter({ regex: `^${unique}-T(a|b)$` })],
    ])('2.7/filter/%s', async (_id, filter) => {
      const unique = aStream();
      const typed = (type: string, letter: string) => jsonEvent({ type, data: { letter } });
      await client.appendToStream(`${unique}-s1`, typed(`${unique}-Ta`, 'a'));
      await client.appendToStream(`${unique}-x1`, typed('Other', 'x'));
      await client.appendToStream(`${unique}-s2`, typed(`${unique}-Tb`, 'b'));
      const subscription = client.subscribeToAll({ filter: filter(unique) });
      subscription.once('caughtUp', () => {
        void client
          .appendToStream(`${unique}-x2`, typed('Other', 'x'))
          .then(() => client.appendToStream(`${unique}-s3`, typed(`${unique}-Ta`, 'c')));
      });
      await expect(firstLetters(subscription, 3)).resolves.toBe('abc');
    });

    it('2.7/filter/invalid-regex: a pattern that is none is refused', async () => {
      const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex: '([' }) });
      await expect(firstLetters(subscription, 1)).rejects.toThrow();
    });

    it('2.7/unsubscribed: who leaves gets nothing more, and others go on', async () => {
      const stream = aStream();
      const [leaver, stayer] = [client.subscribeToStream(stream), client.subscribeToStream(stream)];
      const left: unknown[] = [];
      leaver.on('data', (read) => left.push(read));
      await Promise.all([once(leaver, 'caughtUp'), once(stayer.resume(), 'caughtUp')]);
      await leaver.unsubscribe();
      void append(stream, 'ab');
      await expect(firstLetters(stayer, 2)).resolves.toBe('ab');
      expect(left).toEqual([]);
    });

    it('2.7/slow: who is slow misses nothing, gets nothing twice, and keeps nobody waiting', async () => {
      const stream = aStream();
      const subscription = client.subscribeToStream(stream);
      await once(subscription, 'confirmation');
      const big = (number: number) => jsonEvent({ type: 'Big', data: { number, text: 'x'.repeat(20_000) } });
      for (let batch = 0; batch < 20; batch++) {
        await client.appendToStream(
          stream,
          Array.from({ length: 40 }, (_, index) => big(batch * 40 + index)),
        );
      }
      const numbers: unknown[] = [];
      for await (const { event } of subscription) {
        numbers.push((event?.data as { number: number }).number);
        if (numbers.length === 800) break;
      }
      await subscription.unsubscribe();
      expect(numbers).toEqual(Array.from({ length: 800 }, (_, number) => number));
    });
  });
};

import {
  type AllStreamSubscription,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  jsonEvent,
  type Position,
  START,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream } from '#testing';

const numbered = (count: number, type = 'Numbered'): ReturnType<typeof jsonEvent>[] =>
  Array.from({ length: count }, (_, number) => jsonEvent({ type, data: { number } }));

/** The numbers of the first events that arrive; the subscription ends with the last of them. */
const firstNumbers = async (
  subscription: StreamSubscription | AllStreamSubscription,
  count: number,
): Promise<unknown[]> => {
  const numbers: unknown[] = [];
  for await (const { event } of subscription) {
    numbers.push((event?.data as { number: number }).number);
    if (numbers.length === count) break;
  }
  await subscription.unsubscribe();
  return numbers;
};

const caughtUp = (subscription: StreamSubscription | AllStreamSubscription): Promise<void> =>
  new Promise((resolve, reject) => {
    subscription.once('caughtUp', () => resolve());
    subscription.once('error', reject);
  });

export const describeCatchUps = (name: string, connectionString: () => string): void => {
  describe(`catch-up subscriptions to ${name}`, () => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = EventStoreDBClient.connectionString(connectionString());
    });
    afterAll(() => client.dispose());

    it('deliver a stream from its start, and what comes [2.7/stream/start]', async () => {
      const stream = aStream();
      await client.appendToStream(stream, numbered(2));
      const subscription = client.subscribeToStream(stream);
      subscription.once(
        'data',
        () => void client.appendToStream(stream, jsonEvent({ type: 'N', data: { number: 7 } })),
      );
      await expect(firstNumbers(subscription, 3)).resolves.toEqual([0, 1, 7]);
    });

    it('begin after the revision that they name [2.7/stream/exclusive]', async () => {
      const stream = aStream();
      await client.appendToStream(stream, numbered(4));
      const subscription = client.subscribeToStream(stream, { fromRevision: 1n });
      await expect(firstNumbers(subscription, 2)).resolves.toEqual([2, 3]);
    });

    it('from the end deliver only what comes [2.7/stream/end]', async () => {
      const stream = aStream();
      await client.appendToStream(stream, numbered(4));
      const subscription = client.subscribeToStream(stream, { fromRevision: 'end' });
      subscription.once('confirmation', () => void client.appendToStream(stream, numbered(1)));
      await expect(firstNumbers(subscription, 1)).resolves.toEqual([0]);
    });

    it('wait for a stream that is not there yet [2.7/stream/never-written]', async () => {
      const stream = aStream();
      const subscription = client.subscribeToStream(stream);
      subscription.once('confirmation', () => void client.appendToStream(stream, numbered(1)));
      await expect(firstNumbers(subscription, 1)).resolves.toEqual([0]);
    });

    it('to the whole log begin after the position that they name [2.7/all/exclusive]', async () => {
      const { position } = await client.appendToStream(aStream(), numbered(1));
      await client.appendToStream(aStream(), jsonEvent({ type: 'N', data: { number: 5 } }));
      const subscription = client.subscribeToAll({ fromPosition: position ?? START });
      await expect(firstNumbers(subscription, 1)).resolves.toEqual([5]);
    });

    it.each<[string, (unique: string) => Filter]>([
      ['stream-prefix', (unique) => streamNameFilter({ prefixes: ['nothing-', `${unique}-s`] })],
      ['stream-regex', (unique) => streamNameFilter({ regex: `^${unique}-s[0-9]$` })],
      ['type-prefix', (unique) => eventTypeFilter({ prefixes: [`${unique}-T`] })],
      ['type-regex', (unique) => eventTypeFilter({ regex: `^${unique}-T(a|b)$` })],
    ])('can be filtered by the server [2.7/filter/%s]', async (_id, filter) => {
      const unique = aStream();
      await client.appendToStream(`${unique}-s1`, numbered(1, `${unique}-Ta`));
      await client.appendToStream(`${unique}-x1`, numbered(5, 'Other'));
      await client.appendToStream(`${unique}-s2`, jsonEvent({ type: `${unique}-Tb`, data: { number: 1 } }));
      await expect(firstNumbers(client.subscribeToAll({ filter: filter(unique) }), 2)).resolves.toEqual([0, 1]);
    });

    it('refuse a pattern that is none [2.7/filter/invalid]', async () => {
      const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex: '([' }) });
      await expect(firstNumbers(subscription, 1)).rejects.toThrow();
    });

    it('tell how far they looked, every so many events, and when they have caught up [2.7/checkpoints]', async () => {
      const { position: before } = await client.appendToStream(aStream(), numbered(1));
      const { position: end } = await client.appendToStream(aStream(), numbered(100));
      const checkpoints: Position[] = [];
      const filter = streamNameFilter({
        prefixes: [aStream()],
        maxSearchWindow: 10,
        checkpointInterval: 3,
        checkpointReached: (_, position) => void checkpoints.push(position),
      });
      const subscription = client.subscribeToAll({ fromPosition: before ?? START, filter });
      await caughtUp(subscription.resume());
      await subscription.unsubscribe();
      expect(checkpoints.at(-1)).toEqual(end);
      expect(checkpoints).toHaveLength(4);
    });
  });
};

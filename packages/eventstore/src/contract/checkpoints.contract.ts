import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream } from './samples.js';

import {
  aLogRead,
  asSubscription,
  aStreamRead,
  type FilterWish,
  onType,
  readRaw,
  subscribeRaw,
  type Told,
} from './raw-reads.js';
import { clientOf, lettersOf, rawClientOf, type Setting } from './setting.js';

const kindsOf = (messages: readonly Told[]): readonly string[] => messages.map(({ kind }) => kind);
const positionsOf = (messages: readonly Told[], wanted: Told['kind']): readonly bigint[] =>
  messages.flatMap((told) => (told.kind === wanted && 'position' in told ? [told.position] : []));
const count = (messages: readonly Told[], wanted: Told['kind']): number =>
  messages.filter(({ kind }) => kind === wanted).length;
const lastKind = (messages: readonly Told[]): string | undefined => messages.at(-1)?.kind;

/** Nothing else may be written to the server meanwhile: they count what it considers. */
export const describeCheckpoints = (setting: Setting): void => {
  describe(`messages and checkpoints of subscriptions to ${setting.name}`, () => {
    let client: EventStoreDBClient;
    let raw: StreamsClient;
    beforeAll(() => {
      client = clientOf(setting);
      raw = rawClientOf(setting);
    });
    afterAll(async () => {
      raw.close();
      await client.dispose();
    });

    const append = async (events: number, type = 'Other'): Promise<bigint> => {
      const written = Array.from({ length: events }, () => jsonEvent({ type, data: {} }));
      const { position } = await client.appendToStream(aStream(), written);
      return position?.commit ?? -1n;
    };

    const subscribed = (after: bigint, wish: FilterWish, enough: (messages: readonly Told[]) => boolean) =>
      subscribeRaw(raw, aLogRead(after).setFilter(onType(wish)), enough);

    it('2.7/order/stream: confirmed, what is stored, caught up, what comes', async () => {
      const stream = aStream();
      await client.appendToStream(stream, lettersOf()('ab'));
      const options = aStreamRead(stream);
      options.getStream()?.setStart(options.getNoFilter());
      const messages = await subscribeRaw(raw, options, (told) => {
        if (lastKind(told) === 'caught_up') void client.appendToStream(stream, lettersOf()('c'));
        return count(told, 'event') === 3;
      });
      expect(kindsOf(messages)).toEqual(['confirmation', 'event', 'event', 'caught_up', 'event']);
    });

    it('2.7/order/filtered: the checkpoint comes before caught up', async () => {
      const type = aStream('Type');
      const before = await append(1);
      await append(2, type);
      const messages = await subscribed(before, { prefixes: [type] }, (told) => lastKind(told) === 'caught_up');
      expect(kindsOf(messages)).toEqual(['confirmation', 'event', 'event', 'checkpoint', 'caught_up']);
    });

    it('2.7/checkpoint/catch-up: every so many considered events, and at the end', async () => {
      const type = aStream('Type');
      const before = await append(1);
      const end = await append(100);
      const wish = { prefixes: [type], window: 10, multiplier: 3 };
      const messages = await subscribed(before, wish, (told) => lastKind(told) === 'caught_up');
      const checkpoints = positionsOf(messages, 'checkpoint');
      // The server may write events of its own meanwhile, which are considered as well.
      expect(checkpoints.length).toBeGreaterThanOrEqual(4);
      expect(checkpoints.at(-1)).toBeGreaterThanOrEqual(end);
      expect([...checkpoints].sort((a, b) => Number(a - b))).toEqual(checkpoints);
    });

    it('2.7/checkpoint/live: every so many considered events, whether they match or not', async () => {
      const type = aStream('Type');
      const before = await append(1);
      const wish = { prefixes: [type], window: 4, multiplier: 2 };
      const messages = await subscribed(before, wish, (told) => {
        if (lastKind(told) === 'caught_up') void append(20).then(() => append(4, type));
        return count(told, 'event') === 4 && lastKind(told) === 'checkpoint';
      });
      const live = messages.slice(kindsOf(messages).indexOf('caught_up') + 1);
      const firstEvent = kindsOf(live).indexOf('event');
      expect(count(live.slice(0, firstEvent), 'checkpoint')).toBeGreaterThanOrEqual(2);
      expect(count(live, 'event')).toBe(4);
      expect(positionsOf(live, 'checkpoint').at(-1)).toBeGreaterThanOrEqual(positionsOf(live, 'event').at(-1)!);
    });

    it('2.7/checkpoint/once: the same position is not told twice', async () => {
      const before = await append(1);
      await append(64);
      const wish = { prefixes: ['nothing'], window: 32, multiplier: 1 };
      const messages = await subscribed(before, wish, (told) => lastKind(told) === 'caught_up');
      const checkpoints = positionsOf(messages, 'checkpoint');
      expect(new Set(checkpoints).size).toBe(checkpoints.length);
    });

    it('2.7/checkpoint/resume: to resume from one skips nothing and repeats nothing', async () => {
      const type = aStream('Type');
      const before = await append(1);
      for (let round = 0; round < 6; round++) await append(5, round % 2 === 0 ? type : 'Other');
      const wish = { prefixes: [type], window: 2, multiplier: 1 };
      const whole = await subscribed(before, wish, (told) => lastKind(told) === 'caught_up');
      const wanted = positionsOf(whole, 'event');
      for (const checkpoint of positionsOf(whole, 'checkpoint')) {
        const rest = await subscribed(checkpoint, wish, (told) => lastKind(told) === 'caught_up');
        expect(positionsOf(rest, 'event')).toEqual(wanted.filter((position) => position > checkpoint));
      }
    });

    it('2.7/checkpoint/unfiltered: only filtered subscriptions have them', async () => {
      const before = await append(70);
      const end = await append(70);
      const messages = await subscribeRaw(raw, aLogRead(before), (told) => lastKind(told) === 'caught_up');
      expect(count(messages, 'checkpoint')).toBe(0);
      expect(positionsOf(messages, 'event').filter((position) => position <= end)).toHaveLength(70);
    });

    it('2.7/checkpoint/no-interval: over an interval of nothing the server fails', async () => {
      const options = asSubscription(aLogRead()).setFilter(onType({ prefixes: ['a'], multiplier: 0 }));
      await expect(readRaw(raw, options)).resolves.toMatchObject({ code: status.UNKNOWN, messages: [] });
    });
  });
};

import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream } from './samples.js';

import {
  aLogRead,
  asSubscription,
  aStreamRead,
  onType,
  readRaw,
  type ReadOptions,
  type Told,
  trailersOf,
} from './raw-reads.js';
import { clientOf, lettersOf, mostOfAnAppend, rawClientOf, type Setting } from './setting.js';

const { AppendReq, DeleteReq, ReadReq, TombstoneReq } = streams;
const { Empty, StreamIdentifier, UUID } = shared;

const named = (stream: string) => new StreamIdentifier().setStreamName(Buffer.from(stream));

const changed = (options: ReadOptions, change: (options: ReadOptions) => void): ReadOptions => {
  change(options);
  return options;
};

type Refused = Pick<ServiceError, 'code'> & { readonly trailers: Readonly<Record<string, string>> };

const refusalOf = (ask: (answer: (error: ServiceError | null) => void) => unknown): Promise<Refused> =>
  new Promise((resolve, reject) => {
    ask((error) => {
      if (error === null) reject(new Error('It was not refused.'));
      else resolve({ code: error.code, trailers: trailersOf(error) });
    });
  });

export const describeRefusals = (setting: Setting): void => {
  describe(`what only the wire tells of ${setting.name}`, () => {
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

    const written = async (letters = 'abc'): Promise<string> => {
      const stream = aStream();
      await client.appendToStream(stream, lettersOf()(letters));
      return stream;
    };

    describe('reads', () => {
      it.each<[string, () => ReadOptions]>([
        ['backward-subscription', () => asSubscription(aLogRead()).setReadDirection(1)],
        ['filtered-stream', () => aStreamRead('a').setFilter(onType({ prefixes: ['A'] }))],
        ['neither-stream-nor-log', () => changed(aLogRead(), (options) => options.clearAll())],
        ['neither-count-nor-subscription', () => changed(aLogRead(), (options) => options.clearCount())],
        ['no-filter-expression', () => aLogRead().setFilter(new ReadReq.Options.FilterOptions().setMax(32))],
      ])('2.6/invalid/%s', async (_id, options) => {
        await expect(readRaw(raw, options())).resolves.toMatchObject({ code: status.INVALID_ARGUMENT, messages: [] });
      });

      it('2.6/stream/forward/from-end: the end of a stream is no place to read on from', async () => {
        const options = aStreamRead(await written());
        options.getStream()?.setEnd(new Empty());
        await expect(readRaw(raw, options)).resolves.toMatchObject({ code: status.UNKNOWN, messages: [] });
      });

      it('2.6/stream/never-written: not found is a message, and the status is OK', async () => {
        await expect(readRaw(raw, aStreamRead(aStream()))).resolves.toMatchObject({
          messages: [{ kind: 'not_found' }],
          code: status.OK,
        });
      });

      it('2.6/count/negative: what a client writes as a negative count is a very great one', async () => {
        const { messages, code } = await readRaw(raw, aStreamRead(await written()).setCount(String(2n ** 64n - 1n)));
        expect([messages.length, code]).toEqual([3, status.OK]);
      });

      it.each<[string, number, number, readonly string[]]>([
        ['last', 0, 1, ['event', 'event', 'event', 'last']],
        ['first', 0, 50, ['first', 'event', 'event', 'event', 'last']],
        ['beyond', 90, 1, ['first', 'last']],
        ['not-asked', 0, 0, ['event', 'event', 'event']],
      ])('2.6/compatibility/%s', async (id, revision, truncateBefore, kinds) => {
        const stream = await written('a'.repeat(id === 'first' ? 53 : truncateBefore + 3));
        if (truncateBefore > 0) await client.setStreamMetadata(stream, { truncateBefore });
        const options = aStreamRead(stream, revision);
        if (id !== 'not-asked') options.setControlOption(new ReadReq.Options.ControlOption().setCompatibility(1));
        const { messages } = await readRaw(raw, options);
        expect(messages.map(({ kind }) => kind)).toEqual(kinds);
      });

      it.each<[string, (type: string) => Parameters<typeof onType>[0]]>([
        ['prefix', (type) => ({ prefixes: ['nothing', type] })],
        ['regex', (type) => ({ regex: `^${type}(A|B)$` })],
        ['small-window', (type) => ({ prefixes: [type], window: 1 })],
      ])('2.6/filter/%s: the count is of those that match', async (_id, filter) => {
        const type = aStream('Type');
        const stream = aStream();
        const all = ['A', 'x', 'B', 'x', 'A'].map((end) =>
          jsonEvent({ type: end === 'x' ? end : type + end, data: {} }),
        );
        const { position } = await client.appendToStream(aStream(), jsonEvent({ type: 'Before', data: {} }));
        await client.appendToStream(stream, all);
        const options = aLogRead(position?.commit)
          .setFilter(onType(filter(type)))
          .setCount('2');
        const { messages } = await readRaw(raw, options);
        const ours = messages.filter((told): told is Extract<Told, { kind: 'event' }> => told.kind === 'event');
        expect(ours.map(({ revision }) => revision)).toEqual([0n, 2n]);
      });

      it('2.6/filter/backward: filters work in either direction', async () => {
        const type = aStream('Type');
        await client.appendToStream(
          aStream(),
          ['A', 'B'].map((end) => jsonEvent({ type: type + end, data: {} })),
        );
        const options = aLogRead()
          .setFilter(onType({ prefixes: [type] }))
          .setReadDirection(1)
          .setCount('1');
        options.getAll()?.setEnd(new Empty());
        const { messages } = await readRaw(raw, options);
        expect(messages).toMatchObject([{ kind: 'event', revision: 1n }]);
      });

      it('2.6/filter/invalid-regex: a pattern that is none is refused', async () => {
        const { code } = await readRaw(raw, aLogRead().setFilter(onType({ regex: '([' })));
        expect([status.INVALID_ARGUMENT, status.UNKNOWN]).toContain(code);
      });
    });

    describe('trailers', () => {
      const ended = async (): Promise<string> => {
        const stream = await written();
        await client.tombstoneStream(stream);
        return stream;
      };

      it('2.11/stream-deleted: of a read, a subscription, an append and a deletion', async () => {
        const stream = await ended();
        const refusal = {
          code: status.FAILED_PRECONDITION,
          trailers: { exception: 'stream-deleted', 'stream-name': stream },
        };
        await expect(readRaw(raw, aStreamRead(stream))).resolves.toMatchObject(refusal);
        await expect(readRaw(raw, asSubscription(aStreamRead(stream)))).resolves.toMatchObject(refusal);
        const deletion = new DeleteReq.Options().setStreamIdentifier(named(stream)).setAny(new Empty());
        await expect(
          refusalOf((answer) => raw.delete(new DeleteReq().setOptions(deletion), answer)),
        ).resolves.toMatchObject(refusal);
        const append = new AppendReq.Options().setStreamIdentifier(named(stream)).setAny(new Empty());
        await expect(appended(append, aMessage())).resolves.toMatchObject(refusal);
      });

      it.each([
        ['any', 'setAny', '-2'],
        ['no-stream', 'setNoStream', '-1'],
        ['exists', 'setStreamExists', '-4'],
      ] as const)('2.11/wrong-expected-version/%s: of a deletion, as numbers', async (id, setting_, expected) => {
        // Of these, only a stream that was never written is refused to all three.
        const stream = aStream();
        const deletion = new DeleteReq.Options().setStreamIdentifier(named(stream))[setting_](new Empty());
        await expect(
          refusalOf((answer) => raw.delete(new DeleteReq().setOptions(deletion), answer)),
        ).resolves.toMatchObject({
          code: status.FAILED_PRECONDITION,
          trailers: {
            exception: 'wrong-expected-version',
            'stream-name': stream,
            'expected-version': expected,
            'actual-version': '-1',
          },
        });
        expect(id).not.toBe('');
      });

      it('2.11/wrong-expected-version/exact: of a tombstone', async () => {
        const stream = await written();
        const tombstone = new TombstoneReq.Options().setStreamIdentifier(named(stream)).setRevision('7');
        await expect(
          refusalOf((answer) => raw.tombstone(new TombstoneReq().setOptions(tombstone), answer)),
        ).resolves.toMatchObject({
          code: status.FAILED_PRECONDITION,
          trailers: { exception: 'wrong-expected-version', 'expected-version': '7', 'actual-version': '2' },
        });
      });

      const aMessage = (...properties: readonly (readonly [string, string])[]) => {
        const message = new AppendReq.ProposedMessage().setId(new UUID().setString(crypto.randomUUID()));
        for (const [key, value] of properties.length > 0 ? properties : WHOLE) message.getMetadataMap().set(key, value);
        return message;
      };
      const WHOLE = [
        ['type', 'T'],
        ['content-type', 'application/json'],
      ] as const;

      const appended = (
        options: streams.AppendReq.Options,
        ...messages: readonly streams.AppendReq.ProposedMessage[]
      ): Promise<Refused> =>
        refusalOf((answer) => {
          const call = raw.append(answer);
          call.on('error', () => undefined);
          call.write(new AppendReq().setOptions(options));
          for (const message of messages) call.write(new AppendReq().setProposedMessage(message));
          call.end();
        });

      const anyOf = (stream: string) => new AppendReq.Options().setStreamIdentifier(named(stream)).setAny(new Empty());

      it('2.11/maximum-append-size-exceeded: it says how much is taken, which newer servers take', async () => {
        const big = aMessage().setData(Buffer.alloc(1024 * 1024));
        const most = await mostOfAnAppend(setting);
        const refusal = {
          code: status.INVALID_ARGUMENT,
          trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(most) },
        };
        const answer = appended(anyOf(aStream()), big);
        if (most === Infinity) await expect(answer).rejects.toThrow('It was not refused.');
        else await expect(answer).resolves.toMatchObject(refusal);
      });

      it.each([
        ['type', ['content-type', 'application/json']],
        ['content-type', ['type', 'T']],
      ] as const)('2.11/missing-required-metadata-property/%s', async (_id, property) => {
        await expect(appended(anyOf(aStream()), aMessage(property))).resolves.toMatchObject({
          code: status.INVALID_ARGUMENT,
          trailers: {
            exception: 'missing-required-metadata-property',
            'required-metadata-properties': 'type,content-type',
          },
        });
      });

      it('2.11/stream-name: over a name that is no ASCII the refusal itself fails', async () => {
        const stream = `${aStream()}-größe 100%`;
        await client.appendToStream(stream, lettersOf()('a'));
        await client.tombstoneStream(stream);
        await expect(readRaw(raw, aStreamRead(stream))).resolves.toMatchObject({ code: status.UNKNOWN, messages: [] });
      });
    });
  });
};

import {
  type AllStreamResolvedEvent,
  binaryEvent,
  type EventStoreDBClient,
  jsonEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  StreamNotFoundError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';

import { aStream, collect } from './samples.js';

import { clientOf, letterOf, lettersOf, type Setting, storedLetters } from './setting.js';

export const describeReads = (setting: Setting): void => {
  describe(`reads from ${setting.name}`, () => {
    let client: EventStoreDBClient;
    const stream = aStream();
    const numbered = Array.from({ length: 4 }, (_, number) => jsonEvent({ type: 'Numbered', data: { number } }));
    const positions: Position[] = [];

    beforeAll(async () => {
      client = clientOf(setting);
      for (const event of numbered) {
        const { position } = await client.appendToStream(stream, event);
        if (position !== undefined) positions.push(position);
      }
    });
    afterAll(() => client.dispose());

    const numbersOf = (events: readonly { readonly event?: { readonly data: unknown } }[]): unknown[] =>
      events.map(({ event }) => (event?.data as { number?: number } | undefined)?.number);

    it.each<[string, ReadStreamOptions, readonly number[]]>([
      ['forward/from-start', { fromRevision: 'start' }, [0, 1, 2, 3]],
      ['forward/inclusive', { fromRevision: 2n }, [2, 3]],
      ['forward/beyond-the-end', { fromRevision: 99n }, []],
      ['forward/count', { maxCount: 2 }, [0, 1]],
      ['backward/from-end', { direction: 'backwards', fromRevision: 'end' }, [3, 2, 1, 0]],
      ['backward/inclusive', { direction: 'backwards', fromRevision: 1n }, [1, 0]],
      ['backward/beyond-the-end', { direction: 'backwards', fromRevision: 99n }, [3, 2, 1, 0]],
      ['backward/from-start', { direction: 'backwards', fromRevision: 'start' }, [0]],
      ['backward/count', { direction: 'backwards', fromRevision: 'end', maxCount: 1 }, [3]],
      ['backward/end', { direction: 'backwards', fromRevision: 'end', maxCount: 2 }, [3, 2]],
    ])('2.6/stream/%s', async (_id, options, numbers) => {
      await expect(collect(client.readStream(stream, options)).then(numbersOf)).resolves.toEqual(numbers);
    });

    it('2.6/stream/never-written: a stream that was never written is not found', async () => {
      await expect(collect(client.readStream(aStream()))).rejects.toThrow(StreamNotFoundError);
    });

    it('2.6/event: an event is whole, with one position twice', async () => {
      const [read] = await collect(client.readStream(stream, { fromRevision: 3n }));
      const [last] = numbered.slice(3);
      expect(read?.event).toMatchObject({
        streamId: stream,
        id: last?.id,
        type: 'Numbered',
        revision: 3n,
        data: { number: 3 },
        isJson: true,
        position: positions[3],
      });
      expect(read?.event?.position?.commit).toBe(read?.event?.position?.prepare);
      expect(Math.abs((read?.event?.created.getTime() ?? 0) - Date.now())).toBeLessThan(3_600_000);
    });

    it('2.6/event/binary: bytes are read as bytes, and metadata of either kind', async () => {
      const target = aStream();
      const bytes = Buffer.from([0, 255, 10, 13, 128]);
      await client.appendToStream(target, [
        binaryEvent({ type: 'Bytes', data: bytes, metadata: Buffer.from([1, 2]) }),
        jsonEvent({ type: 'Json', data: [1, 2], metadata: { by: 'contract' } }),
      ]);
      const [binary, json] = await collect(client.readStream(target));
      expect(Buffer.from(binary?.event?.data as Uint8Array)).toEqual(bytes);
      expect(Buffer.from(binary?.event?.metadata as Uint8Array)).toEqual(Buffer.from([1, 2]));
      expect(binary?.event?.isJson).toBe(false);
      expect(json?.event).toMatchObject({ data: [1, 2], metadata: { by: 'contract' } });
    });

    /** Of the whole log, but only what this suite wrote. */
    const ours = (events: readonly AllStreamResolvedEvent[]): unknown[] =>
      numbersOf(events.filter(({ event }) => event?.streamId === stream));

    it.each<[string, () => ReadAllOptions, readonly number[]]>([
      ['forward/inclusive', () => ({ fromPosition: positions[1] ?? 'end' }), [1, 2, 3]],
      [
        'backward/exclusive',
        () => ({ direction: 'backwards', fromPosition: positions[2] ?? 'end', maxCount: 100 }),
        [1, 0],
      ],
      ['forward/from-end', () => ({ fromPosition: 'end' }), []],
      ['backward/from-start', () => ({ direction: 'backwards', fromPosition: 'start' }), []],
      ['forward/count', () => ({ fromPosition: positions[0] ?? 'end', maxCount: 1 }), [0]],
    ])('2.6/all/%s', async (_id, options, numbers) => {
      await expect(collect(client.readAll(options())).then(ours)).resolves.toEqual(numbers);
    });

    it('2.6/all/order: the log goes by position, and ends', async () => {
      const read = await collect(client.readAll({ maxCount: 1_000 }));
      const commits = read.map(({ event }) => event?.position.commit ?? -1n);
      expect(commits).toEqual([...commits].sort((a, b) => Number(a - b)));
      expect(new Set(commits).size).toBe(commits.length);
    });

    it('2.6/all/beyond-the-end: there is nothing beyond the end', async () => {
      const fromPosition = { commit: 2n ** 60n, prepare: 2n ** 60n };
      await expect(collect(client.readAll({ fromPosition }))).resolves.toEqual([]);
    });

    it('2.6/stream/metadata-only: metadata alone make no stream', async () => {
      const target = aStream();
      await client.setStreamMetadata(target, { owner: 'contract' });
      await expect(storedLetters(client, target)).resolves.toBe('not found');
    });

    it('2.6/stream/soft-deleted: a deleted stream is not found, in either direction', async () => {
      const target = aStream();
      await client.appendToStream(target, lettersOf()('ab'));
      await client.deleteStream(target);
      for (const options of [{}, { direction: 'backwards', fromRevision: 'end' }] as const) {
        await expect(collect(client.readStream(target, options))).rejects.toMatchObject({
          type: 'stream-not-found',
          streamName: target,
        });
      }
    });

    it('2.6/stream/tombstoned: an ended stream is refused by name, in either direction', async () => {
      const target = aStream();
      await client.appendToStream(target, lettersOf()('ab'));
      await client.tombstoneStream(target);
      for (const options of [{}, { direction: 'backwards', fromRevision: 'end' }] as const) {
        await expect(collect(client.readStream(target, options))).rejects.toMatchObject({
          type: 'stream-deleted',
          streamName: target,
        });
      }
    });

    describe('of a stream that shows its last ones only', () => {
      const truncated = aStream();
      beforeAll(async () => {
        await client.appendToStream(truncated, lettersOf()('abcdef'));
        await client.setStreamMetadata(truncated, { maxCount: 4, truncateBefore: 3 });
      });

      it.each<[string, ReadStreamOptions, string]>([
        ['forward/from-start', {}, 'def'],
        ['forward/below', { fromRevision: 1n, maxCount: 2 }, 'de'],
        ['forward/inside', { fromRevision: 4n }, 'ef'],
        ['backward/from-end', { direction: 'backwards', fromRevision: 'end' }, 'fed'],
        ['backward/inside', { direction: 'backwards', fromRevision: 4n }, 'ed'],
        ['backward/below', { direction: 'backwards', fromRevision: 2n }, ''],
        ['backward/from-start', { direction: 'backwards', fromRevision: 'start' }, ''],
      ])('2.6/truncated/%s', async (_id, options, letters) => {
        const read = await collect(client.readStream(truncated, options));
        expect(read.map(letterOf).join('')).toBe(letters);
      });
    });

    it('2.6/truncated/max-age: what is too old is not shown; a stream without the rest is still there', async () => {
      const target = aStream();
      await client.appendToStream(target, lettersOf()('ab'));
      await client.setStreamMetadata(target, { maxAge: 3_600 });
      await expect(storedLetters(client, target)).resolves.toBe('ab');
      await client.setStreamMetadata(target, { maxAge: 1 });
      await delay(1_200);
      await client.appendToStream(target, lettersOf()('c'));
      await expect(storedLetters(client, target)).resolves.toBe('c');
      const backward = await collect(client.readStream(target, { direction: 'backwards', fromRevision: 'end' }));
      expect(backward.map(letterOf)).toEqual(['c']);
      await delay(1_200);
      await expect(storedLetters(client, target)).resolves.toBe('');
    });

    it('2.6/truncated/log: the whole log shows it all the same, and the metadata', async () => {
      const target = aStream();
      const { position } = await client.appendToStream(target, lettersOf()('a'));
      await client.appendToStream(target, lettersOf()('b'));
      await client.deleteStream(target);
      const fromPosition = position ?? 'start';
      const read = await collect(client.readAll({ fromPosition }));
      const shown = read.flatMap(({ event }) =>
        event?.streamId.endsWith(target) ? [[event.type, event.revision]] : [],
      );
      expect(shown).toEqual([
        ['Letter', 0n],
        ['Letter', 1n],
        ['$metadata', 0n],
      ]);
    });

    it('2.6/metastream: of metadata the last ones are shown', async () => {
      const target = aStream();
      for (const maxCount of [1, 2, 3]) await client.setStreamMetadata(target, { maxCount });
      const read = await collect(client.readStream(`$$${target}`));
      expect(read.map(({ event }) => [event?.type, event?.revision])).toEqual([['$metadata', 2n]]);
    });

    it('2.1/cancelled: a read can be given up in the middle', async () => {
      const target = aStream();
      const many = Array.from({ length: 2_000 }, (_, number) => jsonEvent({ type: 'Numbered', data: { number } }));
      await client.appendToStream(target, many);
      const reading = client.readStream(target);
      for await (const { event } of reading) if (event?.revision === 10n) break;
      await reading.cancel();
      await expect(collect(client.readStream(target, { maxCount: 3 }))).resolves.toHaveLength(3);
    });
  });
};

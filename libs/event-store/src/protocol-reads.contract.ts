import {
  type AllStreamResolvedEvent,
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  StreamNotFoundError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream, collect } from '#testing';

export const describeReads = (name: string, connectionString: () => string): void => {
  describe(`reads from ${name}`, () => {
    let client: EventStoreDBClient;
    const stream = aStream();
    const numbered = Array.from({ length: 4 }, (_, number) => jsonEvent({ type: 'Numbered', data: { number } }));
    const positions: Position[] = [];

    beforeAll(async () => {
      client = EventStoreDBClient.connectionString(connectionString());
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
    ])('of a stream [2.6/stream/%s]', async (_id, options, numbers) => {
      await expect(collect(client.readStream(stream, options)).then(numbersOf)).resolves.toEqual(numbers);
    });

    it('of a stream that was never written say so [2.6/stream/never-written]', async () => {
      await expect(collect(client.readStream(aStream()))).rejects.toThrow(StreamNotFoundError);
    });

    it('of a stream give each event whole, with one position twice [2.6/event]', async () => {
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

    it('give bytes as bytes, and metadata of either kind [2.6/event/binary]', async () => {
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
        () => ({ direction: 'backwards', fromPosition: positions[2] ?? 'end', maxCount: 2 }),
        [1, 0],
      ],
      ['forward/from-end', () => ({ fromPosition: 'end' }), []],
      ['backward/from-start', () => ({ direction: 'backwards', fromPosition: 'start' }), []],
      ['forward/count', () => ({ fromPosition: positions[0] ?? 'end', maxCount: 1 }), [0]],
    ])('of the whole log [2.6/all/%s]', async (_id, options, numbers) => {
      await expect(collect(client.readAll(options())).then(ours)).resolves.toEqual(numbers);
    });

    it('of the whole log go by position, and end [2.6/all/order]', async () => {
      const read = await collect(client.readAll({ maxCount: 1_000 }));
      const commits = read.map(({ event }) => event?.position.commit ?? -1n);
      expect(commits).toEqual([...commits].sort((a, b) => Number(a - b)));
      expect(new Set(commits).size).toBe(commits.length);
    });

    it('of the whole log from a position that it does not have are refused [2.6/all/invalid-position]', async () => {
      const fromPosition = { commit: 2n ** 60n, prepare: 2n ** 60n };
      await expect(collect(client.readAll({ fromPosition }))).rejects.toThrow(/invalid position/u);
    });

    it('can be given up in the middle', async () => {
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

import { setTimeout } from 'node:timers/promises';
import { DeadlineExceededError, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream, collect } from './samples.js';

import { APPEND_ROWS } from './append-rows.js';
import { DELETED_APPEND_ROWS } from './deleted-append-rows.js';
import { clientOf, lettersOf, mostOfAnAppend, outcomeOf, type Setting, storedLetters, WAYS } from './setting.js';

export const describeAppends = (setting: Setting): void => {
  describe.each(WAYS)(`appends to ${setting.name} by %s`, (_way, options) => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = clientOf(setting);
    });
    afterAll(() => client.dispose());

    const become = async (stream: string, fate: 'deleted' | 'tombstoned' | 'described' | undefined): Promise<void> => {
      if (fate === 'deleted') await client.deleteStream(stream);
      if (fate === 'tombstoned') await client.tombstoneStream(stream);
      if (fate === 'described') await client.setStreamMetadata(stream, { owner: 'contract' });
    };

    /** A server may bring a deleted stream back a moment after it took the append. */
    const untilShown = async (stream: string): Promise<void> => {
      const patience = AbortSignal.timeout(2_000);
      while (!patience.aborted && (await storedLetters(client, stream)) === 'not found') await setTimeout(10);
    };

    it.each([...APPEND_ROWS, ...DELETED_APPEND_ROWS])(
      '2.5/$id',
      async ({ given = [], then, append, expected, outcome, stored }) => {
        const stream = aStream();
        const letters = lettersOf();
        for (const before of given) await client.appendToStream(stream, letters(before), options);
        await become(stream, then);
        const appended = client.appendToStream(stream, letters(append), { expectedRevision: expected, ...options });
        await expect(outcomeOf(appended)).resolves.toEqual(outcome);
        if (then === 'deleted' && stored !== 'not found') await untilShown(stream);
        await expect(storedLetters(client, stream)).resolves.toBe(stored);
      },
    );

    it('2.5/repeated/position: a repetition is told where its events stand, not where the log ends', async () => {
      const stream = aStream();
      const event = lettersOf()('a');
      const first = await client.appendToStream(stream, event, { expectedRevision: 'no_stream', ...options });
      await client.appendToStream(aStream(), lettersOf()('b'), options);
      for (const expectedRevision of ['no_stream', 'any'] as const) {
        await expect(client.appendToStream(stream, event, { expectedRevision, ...options })).resolves.toEqual(first);
      }
    });

    it('2.5/any/other-stream: an id that another stream has is new to this one', async () => {
      const event = lettersOf()('a');
      await client.appendToStream(aStream(), event, options);
      const stream = aStream();
      await client.appendToStream(stream, event, options);
      await expect(storedLetters(client, stream)).resolves.toBe('a');
    });

    it('2.5/atomic: events of one append stand together, whatever else is appended', async () => {
      const ours = Array.from({ length: 8 }, () => aStream());
      const results = await Promise.all(
        ours.map((stream) => client.appendToStream(stream, lettersOf()('abc'), options)),
      );
      const positions = results.map(({ position }) => position?.commit ?? -1n).sort((a, b) => Number(a - b));
      for (const last of positions) {
        const backward = {
          direction: 'backwards',
          fromPosition: { commit: last, prepare: last },
          maxCount: 2,
        } as const;
        const before = await collect(client.readAll(backward));
        expect(new Set(before.map(({ event }) => event?.streamId)).size).toBe(1);
      }
    });

    it('2.5/error/wrong-version: a conflict names the stream, what was expected and what was found', async () => {
      const stream = aStream();
      const appended = client.appendToStream(stream, lettersOf()('a'), { expectedRevision: 7n, ...options });
      await expect(appended).rejects.toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        expectedVersion: 7n,
        actualVersion: 'no_stream',
      });
    });

    it('2.5/error/stream-deleted: the refusal names the stream', async () => {
      const stream = aStream();
      await client.tombstoneStream(stream);
      const appended = client.appendToStream(stream, lettersOf()('a'), options);
      await expect(appended).rejects.toMatchObject({ type: 'stream-deleted', streamName: stream });
    });

    it('2.5/error/too-big: the refusal says how much is taken, and nothing of the append is', async () => {
      const stream = aStream();
      const big = jsonEvent({ type: 'Big', data: 'x'.repeat(400_000) });
      const most = await mostOfAnAppend(setting);
      const appended = client.appendToStream(stream, [lettersOf()('a'), big, big, big].flat(), options);
      if (most === Infinity) return void (await expect(appended).resolves.toMatchObject({ success: true }));
      await expect(appended).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: most });
      await expect(storedLetters(client, stream)).resolves.toBe('not found');
    });

    it('2.5/error/bad-request: an event without a type is refused, and alone', async () => {
      const stream = aStream();
      const untyped = jsonEvent({ type: '', data: {} });
      const refused = client.appendToStream(stream, untyped, options);
      const accepted = client.appendToStream(stream, lettersOf()('a'), options);
      await expect(refused).rejects.toThrow();
      await expect(outcomeOf(accepted)).resolves.toEqual({ revision: 0 });
    });

    it('2.5/size: an event counts its data, its metadata and twice its type', async () => {
      const most = 1024 * 1024;
      const takesMore = (await mostOfAnAppend(setting)) > most;
      const type = 'Sized';
      const sized = (bytes: number) => jsonEvent({ type, data: 'x'.repeat(bytes - 2 * type.length - 2) });
      await expect(client.appendToStream(aStream(), sized(most), options)).resolves.toMatchObject({ success: true });
      const larger = client.appendToStream(aStream(), sized(most + 1), options);
      if (takesMore) await expect(larger).resolves.toMatchObject({ success: true });
      else await expect(larger).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    });
  });

  describe(`batch appends to ${setting.name}`, () => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = clientOf(setting);
    });
    afterAll(() => client.dispose());

    it('2.4/chunked: chunks are one append', async () => {
      const stream = aStream();
      const events = lettersOf()('abcdefghijklmnopqrstuvwxyz');
      const options = { expectedRevision: 'no_stream', batchAppendSize: 300 } as const;
      const result = await client.appendToStream(stream, events, options);
      expect(result.nextExpectedRevision).toBe(25n);
      await expect(storedLetters(client, stream)).resolves.toBe('abcdefghijklmnopqrstuvwxyz');
    });

    it('2.4/concurrent: each correlation id is answered by itself', async () => {
      const appends = Array.from({ length: 100 }, (_, number) => {
        const expectedRevision = number % 3 === 0 ? 5n : ('any' as const);
        return outcomeOf(
          client.appendToStream(aStream(), lettersOf()('ab'), { expectedRevision, batchAppendSize: 100 }),
        );
      });
      const outcomes = await Promise.all(appends);
      expect(outcomes).toEqual(
        Array.from(outcomes, (_, number) => (number % 3 === 0 ? { conflict: 'no_stream' } : { revision: 1 })),
      );
    });

    it('2.5/error/timeout: what comes after its deadline is not tried', async () => {
      const stream = aStream();
      const late = client.appendToStream(stream, lettersOf()('a'), { deadline: -1_000 });
      await expect(late).rejects.toThrow(DeadlineExceededError);
      await expect(storedLetters(client, stream)).resolves.toBe('not found');
    });
  });
};

import {
  type AppendResult,
  DeadlineExceededError,
  type EventData,
  EventStoreDBClient,
  jsonEvent,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream } from '#testing';

import { type Outcome, APPEND_ROWS } from './append-rows.js';

/** Events by letters: the same letter within a case is the same event, id and all. */
const lettersOf = (): ((letters: string) => EventData[]) => {
  const known = new Map<string, EventData>();
  return (letters) =>
    [...letters].map((letter) => {
      const event = known.get(letter) ?? jsonEvent({ type: 'Letter', data: { letter } });
      known.set(letter, event);
      return event;
    });
};

export const storedLetters = async (client: EventStoreDBClient, stream: string): Promise<string> => {
  let letters = '';
  try {
    for await (const { event } of client.readStream(stream)) letters += (event?.data as { letter: string }).letter;
  } catch (error) {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  }
  return letters;
};

/** Both ways to append: credentials of its own keep a call from sharing the batch call. */
const WAYS = [
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
] as const;

const outcomeOf = async (result: Promise<AppendResult>): Promise<Outcome> => {
  try {
    return { revision: Number((await result).nextExpectedRevision) };
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
    return { conflict: error.actualVersion === 'no_stream' ? 'no_stream' : Number(error.actualVersion) };
  }
};

export const describeAppends = (name: string, connectionString: () => string): void => {
  describe.each(WAYS)(`appends to ${name} by %s`, (_way, options) => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = EventStoreDBClient.connectionString(connectionString());
    });
    afterAll(() => client.dispose());

    it.each(APPEND_ROWS)('[2.5/$id]', async ({ given = [], append, expected, outcome, stored }) => {
      const stream = aStream();
      const letters = lettersOf();
      for (const before of given) await client.appendToStream(stream, letters(before), options);
      const appended = client.appendToStream(stream, letters(append), { expectedRevision: expected, ...options });
      await expect(outcomeOf(appended)).resolves.toEqual(outcome);
      await expect(storedLetters(client, stream)).resolves.toBe(stored);
    });

    it('a repetition is told where its events stand, not where the log ends [2.5/repeated-position]', async () => {
      const stream = aStream();
      const event = lettersOf()('a');
      const first = await client.appendToStream(stream, event, { expectedRevision: 'no_stream', ...options });
      await client.appendToStream(aStream(), lettersOf()('b'), options);
      for (const expectedRevision of ['no_stream', 'any'] as const) {
        await expect(client.appendToStream(stream, event, { expectedRevision, ...options })).resolves.toEqual(first);
      }
    });

    it('an id that another stream has is new to this one [2.5/any/other-stream]', async () => {
      const event = lettersOf()('a');
      await client.appendToStream(aStream(), event, options);
      const stream = aStream();
      await client.appendToStream(stream, event, options);
      await expect(storedLetters(client, stream)).resolves.toBe('a');
    });

    it('a stream that has metadata alone exists, but has no events [2.5/exists/metadata-only]', async () => {
      const stream = aStream();
      await client.setStreamMetadata(stream, { owner: 'contract' });
      const appended = client.appendToStream(stream, lettersOf()('a'), {
        expectedRevision: 'stream_exists',
        ...options,
      });
      await expect(outcomeOf(appended)).resolves.toEqual({ revision: 0 });
    });

    it('a conflict names the stream and what was expected [2.5/wrong-version]', async () => {
      const stream = aStream();
      const appended = client.appendToStream(stream, lettersOf()('a'), { expectedRevision: 7n, ...options });
      await expect(appended).rejects.toMatchObject({
        streamName: stream,
        expectedVersion: 7n,
        actualVersion: 'no_stream',
      });
    });

    it('an event without a type is refused, and alone [2.4/required-metadata]', async () => {
      const stream = aStream();
      const untyped = jsonEvent({ type: '', data: {} });
      const refused = client.appendToStream(stream, untyped, options);
      const accepted = client.appendToStream(stream, lettersOf()('a'), options);
      await expect(refused).rejects.toThrow();
      await expect(outcomeOf(accepted)).resolves.toEqual({ revision: 0 });
    });
  });

  describe(`batch appends to ${name}`, () => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = EventStoreDBClient.connectionString(connectionString());
    });
    afterAll(() => client.dispose());

    it('that come in chunks are one append [2.4/chunked]', async () => {
      const stream = aStream();
      const events = lettersOf()('abcdefghijklmnopqrstuvwxyz');
      const result = await client.appendToStream(stream, events, {
        expectedRevision: 'no_stream',
        batchAppendSize: 300,
      });
      expect(result.nextExpectedRevision).toBe(25n);
      await expect(storedLetters(client, stream)).resolves.toBe('abcdefghijklmnopqrstuvwxyz');
    });

    it('whose deadline has passed are not tried [2.4/deadline]', async () => {
      const stream = aStream();
      const late = client.appendToStream(stream, lettersOf()('a'), { deadline: -1_000 });
      await expect(late).rejects.toThrow(DeadlineExceededError);
      await expect(storedLetters(client, stream)).resolves.toBe('');
    });
  });
};

import {
  type DeleteStreamOptions,
  type EventStoreDBClient,
  jsonEvent,
  type StreamMetadata,
  type TombstoneStreamOptions,
} from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream, collect } from './samples.js';

import { clientOf, type Expected, lettersOf, rawClientOf, type Setting, storedLetters } from './setting.js';

const { DeleteReq } = streams;

type Fate = 'never written' | 'written' | 'described' | 'deleted' | 'tombstoned';
type Conflict = { readonly expected: bigint; readonly actual: bigint };

/** Whether it is done, or else why not. Written streams are at revision 1. */
type Row = [id: string, given: Fate, options: { expectedRevision: Expected }, outcome: Conflict | 'deleted' | 'done'];

const DELETIONS: readonly Row[] = [
  ['any', 'written', { expectedRevision: 'any' }, 'done'],
  ['exact', 'written', { expectedRevision: 1n }, 'done'],
  ['exact-behind', 'written', { expectedRevision: 0n }, { expected: 0n, actual: 1n }],
  ['exact-ahead', 'written', { expectedRevision: 2n }, { expected: 2n, actual: 1n }],
  ['no-stream', 'written', { expectedRevision: 'no_stream' }, { expected: -1n, actual: 1n }],
  ['never-written/any', 'never written', { expectedRevision: 'any' }, { expected: -2n, actual: -1n }],
  ['never-written/no-stream', 'never written', { expectedRevision: 'no_stream' }, { expected: -1n, actual: -1n }],
  ['metadata-only/any', 'described', { expectedRevision: 'any' }, 'done'],
  ['metadata-only/no-stream', 'described', { expectedRevision: 'no_stream' }, 'done'],
  ['twice/any', 'deleted', { expectedRevision: 'any' }, 'done'],
  ['twice/exact', 'deleted', { expectedRevision: 1n }, 'done'],
  ['twice/no-stream', 'deleted', { expectedRevision: 'no_stream' }, 'done'],
  ['tombstoned', 'tombstoned', { expectedRevision: 'any' }, 'deleted'],
];

const TOMBSTONES: readonly Row[] = [
  ['any', 'written', { expectedRevision: 'any' }, 'done'],
  ['exact', 'written', { expectedRevision: 1n }, 'done'],
  ['exact-behind', 'written', { expectedRevision: 0n }, { expected: 0n, actual: 1n }],
  ['no-stream', 'written', { expectedRevision: 'no_stream' }, { expected: -1n, actual: 1n }],
  ['exists', 'written', { expectedRevision: 'stream_exists' }, 'done'],
  ['never-written/any', 'never written', { expectedRevision: 'any' }, 'done'],
  ['never-written/no-stream', 'never written', { expectedRevision: 'no_stream' }, 'done'],
  ['never-written/exists', 'never written', { expectedRevision: 'stream_exists' }, { expected: -4n, actual: -1n }],
  ['soft-deleted', 'deleted', { expectedRevision: 'any' }, 'done'],
  ['soft-deleted/exists', 'deleted', { expectedRevision: 'stream_exists' }, 'deleted'],
  ['twice', 'tombstoned', { expectedRevision: 'any' }, 'deleted'],
];

/** What the server says of a refusal, which the package keeps to itself. */
const rawDeletion = (setting: Setting, stream: string, expected: Expected): Promise<string> =>
  new Promise((resolve) => {
    const options = new DeleteReq.Options().setStreamIdentifier(
      new shared.StreamIdentifier().setStreamName(Buffer.from(stream)),
    );
    if (typeof expected === 'bigint') options.setRevision(String(expected));
    else options.setNoStream(new shared.Empty());
    const raw = rawClientOf(setting);
    raw.delete(new DeleteReq().setOptions(options), (error) => {
      raw.close();
      resolve(error?.details ?? 'It was not refused.');
    });
  });

export const describeDeletions = (setting: Setting): void => {
  describe(`deletions and metadata on ${setting.name}`, () => {
    let client: EventStoreDBClient;
    beforeAll(() => {
      client = clientOf(setting);
    });
    afterAll(() => client.dispose());

    const given = async (fate: Fate): Promise<string> => {
      const stream = aStream();
      if (fate === 'described') await client.setStreamMetadata(stream, { owner: 'contract' });
      else if (fate !== 'never written') await client.appendToStream(stream, lettersOf()('ab'));
      if (fate === 'deleted') await client.deleteStream(stream);
      if (fate === 'tombstoned') await client.tombstoneStream(stream);
      return stream;
    };

    const refused = (stream: string, refusal: Conflict | 'deleted'): object =>
      refusal === 'deleted'
        ? { type: 'stream-deleted', streamName: stream }
        : {
            type: 'wrong-expected-version',
            streamName: stream,
            expectedVersion: refusal.expected,
            actualVersion: refusal.actual,
          };

    it.each(DELETIONS)('2.8/delete/%s', async (_id, fate, options, outcome) => {
      const stream = await given(fate);
      const before = await storedLetters(client, stream);
      const deleted = client.deleteStream(stream, options as DeleteStreamOptions);
      if (outcome !== 'done') await expect(deleted).rejects.toMatchObject(refused(stream, outcome));
      else await expect(deleted).resolves.toHaveProperty('position.commit');
      await expect(storedLetters(client, stream)).resolves.toBe(outcome === 'done' ? 'not found' : before);
    });

    it.each(TOMBSTONES)('2.8/tombstone/%s', async (_id, fate, options, outcome) => {
      const stream = await given(fate);
      const before = await storedLetters(client, stream);
      const ended = client.tombstoneStream(stream, options as TombstoneStreamOptions);
      if (outcome !== 'done') await expect(ended).rejects.toMatchObject(refused(stream, outcome));
      else await expect(ended).resolves.toHaveProperty('position.commit');
      await expect(storedLetters(client, stream)).resolves.toBe(outcome === 'done' ? 'deleted' : before);
    });

    const metadataEvents = async (stream: string, from: bigint) => {
      const events = await collect(client.readAll({ fromPosition: { commit: from, prepare: from } }));
      return events.flatMap(({ event }) => (event?.streamId === `$$${stream}` ? [event] : []));
    };

    it('2.8/delete/replaces-metadata: it is metadata, and other keys go with it', async () => {
      const stream = await given('written');
      await client.setStreamMetadata(stream, { maxCount: 7, owner: 'contract' });
      const { position } = await client.deleteStream(stream);
      const [event] = await metadataEvents(stream, position?.commit ?? 0n);
      expect(event).toMatchObject({ type: '$metadata', isJson: true, revision: 1n, position });
      expect(Object.keys(event?.data as object)).toEqual(['$tb']);
      expect((await client.getStreamMetadata(stream)).metadata).not.toHaveProperty('owner');
    });

    it('2.8/delete/recreate: the revision goes on, and the metadata say where it begins', async () => {
      const stream = await given('deleted');
      const { position } = await client.appendToStream(stream, lettersOf()('cd'), { expectedRevision: 'no_stream' });
      const read = await collect(client.readStream(stream));
      expect(read.map(({ event }) => event?.revision)).toEqual([2n, 3n]);
      const written = await metadataEvents(stream, position?.commit ?? 0n);
      expect(written.map(({ data }) => data)).toEqual([{ $tb: 2 }]);
      const repeated = client.appendToStream(stream, lettersOf()('e'), { expectedRevision: 'no_stream' });
      await expect(repeated).rejects.toMatchObject({ actualVersion: 3n });
    });

    it('2.8/delete/undelete-by-metadata: to write metadata brings an empty stream back, with its keys', async () => {
      const stream = await given('deleted');
      await client.setStreamMetadata(stream, { owner: 'contract' });
      const { metadata } = await client.getStreamMetadata<{ owner: string }>(stream);
      expect(metadata).toEqual({ owner: 'contract', truncateBefore: 2 });
      await expect(storedLetters(client, stream)).resolves.toBe('');
    });

    it('2.8/tombstone/event: the whole log shows the end, at the greatest revision', async () => {
      const stream = await given('written');
      const { position } = await client.tombstoneStream(stream);
      const [end] = await collect(client.readAll({ fromPosition: position ?? 'start', maxCount: 1 }));
      expect(end?.event).toMatchObject({
        streamId: stream,
        type: '$streamDeleted',
        revision: 9_223_372_036_854_775_807n,
        position,
      });
    });

    it('2.8/tombstone/metadata: metadata are shown no more, and may still be written', async () => {
      const stream = await given('described');
      await client.tombstoneStream(stream);
      await expect(client.setStreamMetadata(stream, { owner: 'later' })).resolves.toMatchObject({ success: true });
      await expect(storedLetters(client, `$$${stream}`)).resolves.toBe('deleted');
      await expect(storedLetters(client, stream)).resolves.toBe('deleted');
    });

    it('2.8/tombstone/nothing-appended: what was deleted before its end does not come back', async () => {
      const stream = await given('deleted');
      const { position } = await client.tombstoneStream(stream);
      await client.appendToStream(stream, []);
      await expect(metadataEvents(stream, position?.commit ?? 0n)).resolves.toEqual([]);
    });

    it.each<[string, Expected, number]>([
      ['exact', 7n, 7],
      ['no-stream', 'no_stream', -1],
    ])('2.8/delete/sentence/%s: clients read the versions out of it', async (_id, expectedRevision, version) => {
      const stream = await given('written');
      await expect(rawDeletion(setting, stream, expectedRevision)).resolves.toBe(
        `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${version}, Actual version: 1`,
      );
    });

    it('2.8/metadata/keys: what is set is read, known keys and others', async () => {
      const stream = aStream();
      const metadata: StreamMetadata = {
        maxCount: 12,
        maxAge: 200,
        truncateBefore: 1,
        cacheControl: 15,
        acl: { readRoles: ['$all'], writeRoles: ['$all', 'writer'] },
        kitten: '😾',
        nested: { list: [1, null, 'x'] },
      };
      await client.setStreamMetadata(stream, metadata);
      expect((await client.getStreamMetadata(stream)).metadata).toEqual(metadata);
    });

    it('2.8/metadata/last: the last ones hold, and their stream shows no others', async () => {
      const stream = await given('written');
      await client.setStreamMetadata(stream, { maxCount: 1 });
      await client.setStreamMetadata(stream, { truncateBefore: 0 });
      await expect(storedLetters(client, stream)).resolves.toBe('ab');
      const shown = await collect(client.readStream(`$$${stream}`));
      expect(shown.map(({ event }) => event?.revision)).toEqual([1n]);
    });

    it('2.8/metadata/expected-revision: metadata are appended as any events are', async () => {
      const stream = aStream();
      await client.setStreamMetadata(stream, {}, { expectedRevision: 'no_stream' });
      const again = client.setStreamMetadata(stream, {}, { expectedRevision: 'no_stream' });
      await expect(again).rejects.toMatchObject({ type: 'wrong-expected-version', streamName: `$$${stream}` });
    });

    it.each<[id: string, metadata: unknown, shown: string]>([
      ['max-count', { $maxCount: 1 }, 'c'],
      ['truncate-before', { $tb: 1 }, 'bc'],
      ['the-narrower', { $tb: 1, $maxCount: 1 }, 'c'],
      ['not-positive', { $maxCount: 0, $maxAge: 0, $tb: -1 }, 'abc'],
      ['not-integer', { $maxCount: 1.5 }, 'abc'],
      ['text', { $maxCount: '1' }, 'abc'],
      ['one-malformed', { $tb: 2, $maxAge: 'old' }, 'abc'],
      ['malformed-list', { $tb: 2, $acl: 'x' }, 'abc'],
      ['no-object', [1, 2], 'abc'],
      ['unknown-keys', { maxCount: 1, tb: 2 }, 'abc'],
    ])('2.8/metadata/meaning/%s', async (_id, metadata, shown) => {
      const stream = aStream();
      await client.appendToStream(stream, lettersOf()('abc'));
      const event = jsonEvent({ type: '$metadata', data: metadata as Record<string, unknown> });
      await client.appendToStream(`$$${stream}`, event);
      await expect(storedLetters(client, stream)).resolves.toBe(shown);
    });
  });
};

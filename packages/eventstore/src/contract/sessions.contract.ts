import { type EventStoreDBClient } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v4 as randomId } from 'uuid';

import { RawSessions, type SessionRecord, type SessionRequest } from './raw-sessions.js';
import { aStream, collect } from './samples.js';
import { clientOf, type Setting, storedLetters, supportedMethods } from './setting.js';

const SERVICE = 'kurrentdb.protocol.v2.streams.streamsservice';
const NO_STREAM = -1;
const EXISTS = -4;
const BYTES_FORMAT = 4;

/** Records by letters, as `lettersOf` has events. */
const recordsOf = (): ((letters: string) => SessionRecord[]) => {
  const known = new Map<string, SessionRecord>();
  return (letters) =>
    [...letters].map((letter) => {
      const record = known.get(letter) ?? { id: randomId(), data: JSON.stringify({ letter }) };
      known.set(letter, record);
      return record;
    });
};

export const describeSessions = (setting: Setting): void => {
  describe(`appends to several streams of ${setting.name}`, () => {
    let client: EventStoreDBClient;
    let sessions: RawSessions;
    let isServed: boolean;
    beforeAll(async () => {
      client = clientOf(setting);
      sessions = new RawSessions(setting.connectionString());
      const methods = (await supportedMethods(setting.connectionString())).getMethodsList();
      isServed = methods.some((one) => one.getServiceName() === SERVICE && one.getMethodName() === 'appendsession');
    });
    afterAll(async () => {
      sessions.close();
      await client.dispose();
    });

    /** A server before 25.1 says that it does not have them, and is asked no more. */
    const row = (id: string, work: () => Promise<void>): void =>
      it(`2.9/${id}`, async () => {
        if (isServed) return work();
        const request = { stream: aStream(), records: recordsOf()('a') };
        await expect(sessions.append(request)).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
      });

    const letters = (stream: string): Promise<string> => storedLetters(client, stream);
    const three = (): string[] => [aStream(), aStream(), aStream()];

    row('appended: each stream is answered its revision, and the position is that of the last event', async () => {
      const [one, other] = three() as [string, string];
      const records = recordsOf();
      const answer = await sessions.append(
        { stream: one, records: records('ab'), expected: NO_STREAM },
        { stream: other, records: records('c'), expected: NO_STREAM },
      );
      expect(answer.revisions).toEqual({ [one]: 1n, [other]: 0n });
      await expect(letters(one)).resolves.toBe('ab');
      await expect(letters(other)).resolves.toBe('c');
      const [last] = await collect(client.readStream(other));
      expect(last?.event?.position?.commit).toBe(answer.position);
    });

    row('expected: every stream is at the revision that was expected of it', async () => {
      const [exact, existing, any] = three() as [string, string, string];
      const records = recordsOf();
      await sessions.append({ stream: exact, records: records('ab') }, { stream: existing, records: records('a') });
      const answer = await sessions.append(
        { stream: exact, records: records('c'), expected: 1 },
        { stream: existing, records: records('b'), expected: EXISTS },
        { stream: any, records: records('d') },
      );
      expect(answer.revisions).toEqual({ [exact]: 2n, [existing]: 1n, [any]: 0n });
    });

    row('conflict: one refuses all, and is named', async () => {
      const [fine, wrong] = three() as [string, string];
      const records = recordsOf();
      await sessions.append({ stream: wrong, records: records('ab') });
      const refused = sessions.append(
        { stream: fine, records: records('c'), expected: NO_STREAM },
        { stream: wrong, records: records('d'), expected: 0 },
      );
      await expect(refused).rejects.toEqual({
        code: status.FAILED_PRECONDITION,
        reason: 'STREAM_REVISION_CONFLICT',
        conflict: { stream: wrong, expected: 0n, actual: 1n },
      });
      await expect(letters(fine)).resolves.toBe('not found');
      await expect(letters(wrong)).resolves.toBe('ab');
    });

    row('repeated: the whole is answered as at first, also behind other events', async () => {
      const [one, other] = three() as [string, string];
      const records = recordsOf();
      const requests: SessionRequest[] = [
        { stream: one, records: records('ab'), expected: NO_STREAM },
        { stream: other, records: records('c'), expected: NO_STREAM },
      ];
      const first = await sessions.append(...requests);
      await sessions.append({ stream: one, records: records('x') }, { stream: other, records: records('y') });
      await expect(sessions.append(...requests)).resolves.toEqual(first);
      await expect(letters(one)).resolves.toBe('abx');
    });

    row('repeated/any: that also holds where any revision would do', async () => {
      const [one, other] = three() as [string, string];
      const records = recordsOf();
      const requests = [
        { stream: one, records: records('ab') },
        { stream: other, records: records('c') },
      ];
      const first = await sessions.append(...requests);
      await expect(sessions.append(...requests)).resolves.toEqual(first);
      await expect(letters(one)).resolves.toBe('ab');
    });

    it.each([NO_STREAM, -2])(
      '2.9/mixed: where some are there already and others not, all are refused (%i)',
      async (expected) => {
        if (!isServed) return;
        const [there, missing] = three() as [string, string];
        const records = recordsOf();
        const one = { stream: there, records: records('a'), expected };
        await sessions.append(one);
        const mixed = sessions.append({ stream: missing, records: records('b'), expected }, one);
        await expect(mixed).rejects.toMatchObject({
          reason: 'STREAM_REVISION_CONFLICT',
          conflict: { stream: there, expected: BigInt(expected), actual: 0n },
        });
        await expect(letters(missing)).resolves.toBe('not found');
        await expect(sessions.append(one)).resolves.toMatchObject({ revisions: { [there]: 0n } });
      },
    );

    row('tombstoned: a stream that ended refuses all', async () => {
      const [fine, ended] = three() as [string, string];
      const records = recordsOf();
      await client.tombstoneStream(ended);
      const refused = sessions.append(
        { stream: fine, records: records('a') },
        { stream: ended, records: records('b') },
      );
      await expect(refused).rejects.toMatchObject({ code: status.FAILED_PRECONDITION, reason: 'STREAM_TOMBSTONED' });
      await expect(letters(fine)).resolves.toBe('not found');
    });

    row('deleted: a deleted stream comes back, and goes on', async () => {
      const stream = aStream();
      const records = recordsOf();
      await sessions.append({ stream, records: records('ab') });
      await client.deleteStream(stream);
      const answer = await sessions.append({ stream, records: records('c'), expected: NO_STREAM });
      expect(answer.revisions).toEqual({ [stream]: 2n });
    });

    row('twice: a stream is in a request once, whatever the case of its letters', async () => {
      const stream = aStream();
      const records = recordsOf();
      for (const again of [stream, stream.toUpperCase()]) {
        const refused = sessions.append({ stream, records: records('a') }, { stream: again, records: records('b') });
        await expect(refused).rejects.toMatchObject({
          code: status.ABORTED,
          reason: 'STREAM_ALREADY_IN_APPEND_SESSION',
        });
      }
      await expect(letters(stream)).resolves.toBe('not found');
    });

    row('nothing: a request without appends is refused', async () => {
      const refused = sessions.append();
      await expect(refused).rejects.toMatchObject({
        code: status.FAILED_PRECONDITION,
        reason: 'APPEND_SESSION_NO_REQUESTS',
      });
    });

    it.each<[string, (stream: string) => SessionRequest]>([
      ['no-records', (stream) => ({ stream, records: [] })],
      ['no-stream', () => ({ stream: '', records: [{}] })],
      ['metadata-of-nothing', () => ({ stream: '$$', records: [{}] })],
      ['no-such-revision', (stream) => ({ stream, records: [{}], expected: -3 })],
      ['no-format', (stream) => ({ stream, records: [{ format: 0 }] })],
      ['no-such-format', (stream) => ({ stream, records: [{ format: 9 }] })],
      ['no-name', (stream) => ({ stream, records: [{ name: '' }] })],
      ['name-with-a-space', (stream) => ({ stream, records: [{ name: 'Two words' }] })],
      ['no-uuid', (stream) => ({ stream, records: [{ id: 'seven' }] })],
      ['empty-uuid', (stream) => ({ stream, records: [{ id: '00000000-0000-0000-0000-000000000000' }] })],
      ['no-key', (stream) => ({ stream, records: [{ properties: { '': 1 } }] })],
    ])('2.9/bad/%s: it is refused, and all that is beside it', async (_, bad) => {
      if (!isServed) return;
      const [fine, stream] = three() as [string, string];
      const refused = sessions.append({ stream: fine, records: recordsOf()('a') }, bad(stream));
      await expect(refused).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
      await expect(letters(fine)).resolves.toBe('not found');
    });

    row('metadata: readers get the properties in their order, and then what the schema says', async () => {
      const stream = aStream();
      const properties = {
        zeta: 'größer',
        alpha: 1.5,
        nested: { list: [1, 'two', null, true], empty: {} },
        nothing: null,
        large: 9_007_199_254_740_991,
      };
      await sessions.append({ stream, records: [{ name: 'Described', properties }] });
      const [read] = await collect(client.readStream(stream));
      expect(read?.event).toMatchObject({ type: 'Described', isJson: true });
      const wanted = { ...properties, '$schema.name': 'Described', '$schema.format': 'Json' };
      expect(JSON.stringify(read?.event?.metadata)).toBe(JSON.stringify(wanted));
    });

    row('bytes: what is no JSON is told to readers as that', async () => {
      const stream = aStream();
      await sessions.append({ stream, records: [{ format: BYTES_FORMAT, name: 'Raw', data: 'no JSON' }] });
      const [read] = await collect(client.readStream(stream));
      expect(Buffer.from(read?.event?.data as Uint8Array).toString()).toBe('no JSON');
      expect(read?.event?.isJson).toBe(false);
    });
  });
};

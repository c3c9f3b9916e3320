import { binaryEvent, type EventStoreDBClient, START } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aStream, collect } from './samples.js';

import { clientOf, letterOf, lettersOf, type Setting } from './setting.js';

const aLink = (text: string) => binaryEvent({ type: '$>', data: Buffer.from(text) });

export const describeLinks = (setting: Setting): void => {
  describe(`links on ${setting.name}`, () => {
    let client: EventStoreDBClient;
    const target = aStream();
    const stream = aStream();
    beforeAll(async () => {
      client = clientOf(setting);
      await client.appendToStream(target, lettersOf()('abc'));
      await client.appendToStream(stream, [aLink(`2@${target}`), ...lettersOf()('x'), aLink(`0@${target}`)]);
    });
    afterAll(() => client.dispose());

    const resolved = (options: { maxCount?: number; fromRevision?: bigint } = {}) =>
      collect(client.readStream(stream, { resolveLinkTos: true, ...options }));

    it('2.6/link/resolved: the event is what the link names, and the link comes with it', async () => {
      const read = await resolved();
      expect(read.map(letterOf)).toEqual(['c', 'x', 'a']);
      expect(read.map(({ event }) => event?.streamId)).toEqual([target, stream, target]);
      expect(read.map(({ event }) => event?.revision)).toEqual([2n, 1n, 0n]);
      expect(read.map(({ link }) => link?.revision)).toEqual([0n, undefined, 2n]);
      expect(read[0]?.link).toMatchObject({ streamId: stream, type: '$>' });
    });

    it('2.6/link/unresolved: who does not ask gets the link as an event', async () => {
      const [read] = await collect(client.readStream(stream, { maxCount: 1 }));
      expect(read?.event).toMatchObject({ type: '$>', streamId: stream });
      expect(read?.link).toBeUndefined();
    });

    it('2.6/link/paged: revisions and counts are those of the links', async () => {
      expect((await resolved({ fromRevision: 1n, maxCount: 2 })).map(letterOf)).toEqual(['x', 'a']);
      const backward = { direction: 'backwards', fromRevision: 'end', maxCount: 1, resolveLinkTos: true } as const;
      expect((await collect(client.readStream(stream, backward))).map(letterOf)).toEqual(['a']);
    });

    it('2.6/link/log: so it is in the whole log, at the place of the link', async () => {
      const { position } = await client.appendToStream(aStream(), aLink(`1@${target}`));
      const options = { fromPosition: position ?? START, maxCount: 1, resolveLinkTos: true } as const;
      const [read] = await collect(client.readAll(options));
      expect(read?.event).toMatchObject({ streamId: target, revision: 1n });
      expect(read?.commitPosition).toBe(position?.commit);
      expect(read?.link?.position).toEqual(position);
    });

    it('2.6/link/subscription: and in subscriptions, to what is there and to what comes', async () => {
      const followed = aStream();
      await client.appendToStream(followed, aLink(`0@${target}`));
      const subscription = client.subscribeToStream(followed, { resolveLinkTos: true });
      const letters: unknown[] = [];
      for await (const read of subscription) {
        letters.push(letterOf(read));
        if (letters.length === 2) break;
        await client.appendToStream(followed, aLink(`2@${target}`));
      }
      expect(letters).toEqual(['a', 'c']);
      await subscription.unsubscribe();
    });

    it.each<[id: string, text: (gone: string) => string]>([
      ['missing-event', (gone) => `99@${gone}`],
      ['truncated-event', (gone) => `0@${gone}`],
      ['missing-stream', () => `0@${aStream()}`],
      ['no-stream', () => '0'],
    ])('2.6/link/%s: the link comes alone', async (_id, textOf) => {
      const gone = aStream();
      await client.appendToStream(gone, lettersOf()('ab'));
      await client.setStreamMetadata(gone, { truncateBefore: 1 });
      const linking = aStream();
      await client.appendToStream(linking, aLink(textOf(gone)));
      const [read] = await collect(client.readStream(linking, { resolveLinkTos: true }));
      expect(read?.event).toBeUndefined();
      expect(read?.link).toMatchObject({ streamId: linking, revision: 0n });
    });

    it.each(['deleted', 'tombstoned'] as const)('2.6/link/%s: the link comes alone', async (fate) => {
      const gone = aStream();
      await client.appendToStream(gone, lettersOf()('ab'));
      if (fate === 'deleted') await client.deleteStream(gone);
      else await client.tombstoneStream(gone);
      const linking = aStream();
      await client.appendToStream(linking, aLink(`0@${gone}`));
      const [read] = await collect(client.readStream(linking, { resolveLinkTos: true }));
      expect([read?.event, read?.link?.type]).toEqual([undefined, '$>']);
    });

    it('2.6/link/unparsable: what names no revision is an event like others', async () => {
      const linking = aStream();
      await client.appendToStream(linking, aLink(`first@${target}`));
      const [read] = await collect(client.readStream(linking, { resolveLinkTos: true }));
      expect([read?.event?.type, read?.link]).toEqual(['$>', undefined]);
    });

    it('2.6/link/once: a link to a link is resolved one step', async () => {
      const linking = aStream();
      await client.appendToStream(linking, aLink(`0@${stream}`));
      const [read] = await collect(client.readStream(linking, { resolveLinkTos: true }));
      expect([read?.event?.type, read?.event?.streamId]).toEqual(['$>', stream]);
    });
  });
};

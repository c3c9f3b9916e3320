import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { StartedStore } from './supervision/started-store.js';

const { read, append, batchAppend, delete: softDelete, tombstone } = StreamsService;
const HEALTH_CHECK = '/grpc.health.v1.Health/Check';
const asIs = (bytes: Buffer): Buffer => bytes;
/** A length that goes on beyond the end. */
const GARBAGE = Buffer.from([0x0a, 0xff, 0xff, 0x03, 0x01]);

describe('bad input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bad-input-'));
  let store: StartedStore;
  let raw: Client;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    store = await StartedStore.start('--data', folder, '--port', '0', '--insecure', '--log-level', 'fatal');
    raw = new Client(`127.0.0.1:${store.port}`, credentials.createInsecure());
    client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${store.port}?tls=false`);
  });

  afterAll(async () => {
    await client.dispose();
    raw.close();
    await store.stop();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    const { success } = await client.appendToStream('undisturbed', jsonEvent({ type: 'T', data: {} }));
    expect(success).toBe(true);
  });

  const failureOf = (listen: (fail: (error: ServiceError) => void) => void): Promise<status> =>
    new Promise((resolve) => listen(({ code }) => resolve(code)));

  it('of a read is refused as such', async () => {
    const code = await failureOf((fail) =>
      raw.makeServerStreamRequest(read.path, asIs, asIs, GARBAGE).on('error', fail).resume(),
    );
    expect(code).toBe(status.INVALID_ARGUMENT);
  });

  it.each([softDelete, tombstone])('of a deletion is refused as such', async ({ path }) => {
    for (const bytes of [GARBAGE, Buffer.alloc(0)]) {
      const code = await failureOf((fail) =>
        raw.makeUnaryRequest(path, asIs, asIs, bytes, (error) => fail(error as ServiceError)),
      );
      expect(code).toBe(status.INVALID_ARGUMENT);
    }
  });

  it('of a health check is refused as such', async () => {
    const code = await failureOf((fail) =>
      raw.makeUnaryRequest(HEALTH_CHECK, asIs, asIs, GARBAGE, (error) => fail(error as ServiceError)),
    );
    expect(code).toBe(status.INVALID_ARGUMENT);
  });

  it.each(['/event_store.client.streams.Streams/Nonsense', '/nonsense', '/event_store.client.gossip.Gossip/Nonsense'])(
    'such as a call of %s, which there is not, is told so',
    async (path) => {
      const code = await failureOf((fail) =>
        raw.makeUnaryRequest(path, asIs, asIs, GARBAGE, (error) => fail(error as ServiceError)),
      );
      expect(code).toBe(status.UNIMPLEMENTED);
    },
  );

  it('such as a stream called "$$", which has no metadata to be of, is refused', async () => {
    const event = jsonEvent({ type: 'T', data: {} });
    await expect(client.appendToStream('$$', event)).rejects.toThrow(/BadRequest/u);
    await expect(client.deleteStream('$$')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('such as a stream that nobody wrote is not found', async () => {
    await expect(client.readStream('nobody-wrote').toArray()).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it.each([
    ['that is none', '(['],
    ['that refers back', '(a)\\1'],
    ['that is too complex', '((a{100}){100}){100}'],
    ['that is nested too deeply', '('.repeat(100_000)],
  ])('such as a pattern %s is refused as such', async (_kind, regex) => {
    const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex }) }).resume();
    await expect(once(subscription, 'data')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('such as a pattern on which others hang holds up nobody', async () => {
    const stream = `${'a'.repeat(2_000)}!`;
    const followed = client.subscribeToAll({ fromPosition: 'end', filter: streamNameFilter({ regex: '^(a+)+$' }) });
    await once(followed.resume(), 'confirmation');
    for (let number = 0; number < 20; number++) {
      await client.appendToStream(stream, jsonEvent({ type: 'T', data: {} }));
    }
    await followed.unsubscribe();
  });

  it('of an append is refused as such', async () => {
    const code = await failureOf((fail) => {
      const call = raw.makeClientStreamRequest(append.path, asIs, asIs, (error) => fail(error as ServiceError));
      call.write(GARBAGE);
      call.end();
    });
    expect(code).toBe(status.INVALID_ARGUMENT);
  });

  it('of an append without anything is refused as such', async () => {
    const code = await failureOf((fail) =>
      raw.makeClientStreamRequest(append.path, asIs, asIs, (error) => fail(error as ServiceError)).end(),
    );
    expect(code).toBe(status.INVALID_ARGUMENT);
  });

  it('of a batch append is refused as such', async () => {
    const code = await failureOf((fail) => {
      const call = raw.makeBidiStreamRequest(batchAppend.path, asIs, asIs).on('error', fail);
      call.resume();
      call.write(GARBAGE);
    });
    expect(code).toBe(status.INVALID_ARGUMENT);
  });

  it('of more than a message may hold is refused', async () => {
    const code = await failureOf((fail) => {
      const call = raw.makeBidiStreamRequest(batchAppend.path, asIs, asIs).on('error', fail);
      call.resume();
      call.write(Buffer.alloc(17 * 1024 * 1024));
    });
    expect(code).toBe(status.RESOURCE_EXHAUSTED);
  });

  it('such as clients that vanish in mid-stream disturbs nobody', async () => {
    await client.appendToStream(
      'long',
      Array.from({ length: 1_000 }, () => jsonEvent({ type: 'T', data: 'x'.repeat(900) })),
    );
    for (let vanishing = 0; vanishing < 5; vanishing++) {
      const leaver = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${store.port}?tls=false`);
      await once(leaver.readStream('long'), 'data');
      await once(leaver.subscribeToAll(), 'data');
      await leaver.dispose();
    }
    const read = await client.readStream('long').toArray();
    expect(read).toHaveLength(1_000);
  });

  it('such as an append that is cut off in the middle leaves nothing', async () => {
    await failureOf((fail) => {
      const call = raw.makeClientStreamRequest(append.path, asIs, asIs, (error) => fail(error as ServiceError));
      call.write(UNFINISHED_APPEND, () => call.cancel());
    });
    await expect(client.readStream('b').toArray()).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('such as appends that never end is forgotten after a while', async () => {
    const call = raw.makeBidiStreamRequest(batchAppend.path, asIs, asIs);
    const answered = new Promise<Buffer>((resolve) => call.once('data', resolve));
    call.write(UNFINISHED);
    expect((await answered).includes('Timeout')).toBe(true);
    call.cancel();
    await expect(new Promise((resolve) => call.once('error', resolve))).resolves.toHaveProperty(
      'code',
      status.CANCELLED,
    );
  });
});

/** The options of an append to stream `b`, at any revision, without an event. */
const UNFINISHED_APPEND = Buffer.from([0x0a, 0x07, 0x0a, 0x03, 0x1a, 0x01, 0x62, 0x22, 0x00]);

/** A first chunk for stream `a`, at any revision, that says it is not the last. */
const UNFINISHED = Buffer.concat([
  Buffer.from([0x0a, 0x26, 0x12, 0x24]),
  Buffer.from('5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a'),
  Buffer.from([0x12, 0x07, 0x0a, 0x03, 0x1a, 0x01, 0x61, 0x22, 0x00]),
]);

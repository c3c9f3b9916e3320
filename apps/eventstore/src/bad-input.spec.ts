import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ChildService } from '#embedded';

const BUILT = fileURLToPath(new URL('../../../dist/apps/eventstore/src/main.js', import.meta.url));
const { read, append, batchAppend } = StreamsService;
const asIs = (bytes: Buffer): Buffer => bytes;
/** A length that goes on beyond the end. */
const GARBAGE = Buffer.from([0x0a, 0xff, 0xff, 0x03, 0x01]);

describe('bad input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bad-input-'));
  let store: ChildService;
  let raw: Client;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    store = await ChildService.start({ file: BUILT, args: ['--data', folder, '--port', '0', '--log-level', 'fatal'] });
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

/** A first chunk for stream `a`, at any revision, that says it is not the last. */
const UNFINISHED = Buffer.concat([
  Buffer.from([0x0a, 0x26, 0x12, 0x24]),
  Buffer.from('5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a'),
  Buffer.from([0x12, 0x07, 0x0a, 0x03, 0x1a, 0x01, 0x61, 0x22, 0x00]),
]);

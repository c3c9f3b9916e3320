import { Client, credentials, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { v4 as randomId } from 'uuid';

import { encode, writeString } from '../codec/fields.js';
import { EventStore } from '../event-store.js';
import { EventStoreServer } from '../server.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { HEALTH } from './health.js';

const STREAMS = 'event_store.client.streams.Streams';
const SERVING = Buffer.from([0x08, 1]);
const SERVICE_UNKNOWN = Buffer.from([0x08, 3]);
const asIs = (bytes: Buffer): Buffer => bytes;
const asking = (service: string): Buffer => encode((writer) => writeString(writer, 1, service));

describe('health', () => {
  let server: EventStoreServer;
  let client: Client;
  let stopped = false;

  beforeEach(async () => {
    const options = { now: Date.now, newId: randomId, onFailure: () => undefined };
    const store = new EventStore(new MemoryStorage(), options);
    const limits = { maxAppendBytes: 1_000, maxEventBytes: 1_000 };
    server = await EventStoreServer.start(store, { host: '127.0.0.1', port: 0, ...limits });
    client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    stopped = false;
  });

  afterEach(async () => {
    client.close();
    if (!stopped) await server.stop();
  });

  const check = (service: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(HEALTH.check?.path ?? '', asIs, asIs, asking(service), (error, answer) => {
        if (error === null && answer !== undefined) resolve(answer);
        else reject(error ?? new Error('There is no answer.'));
      });
    });

  const watch = (service: string) =>
    client.makeServerStreamRequest(HEALTH.watch?.path ?? '', asIs, asIs, asking(service));

  it('is that of the server and of each of its services', async () => {
    for (const service of ['', STREAMS]) await expect(check(service)).resolves.toEqual(SERVING);
  });

  it('of a service that there is not is not found', async () => {
    await expect(check('nonsense')).rejects.toMatchObject({ code: status.NOT_FOUND });
    const watching = watch('nonsense');
    expect(await once(watching, 'data')).toEqual([SERVICE_UNKNOWN]);
    watching.on('error', () => undefined).cancel();
  });

  it('can be watched until the server stops', async () => {
    const watching = watch(STREAMS);
    expect(await once(watching, 'data')).toEqual([SERVING]);
    const interrupted = once(watching, 'end').catch((error: unknown) => error);
    stopped = true;
    await server.stop();
    await expect(interrupted).resolves.toMatchObject({ code: status.UNAVAILABLE });
  });
});

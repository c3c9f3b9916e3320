import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { RawSessions } from './contract/raw-sessions.js';
import { writeExport } from './operations/export-file.js';
import { RemoteServer } from './operations/remote-server.js';
import { eventsOfServer } from './operations/remote-events.js';
import { StartedStore } from './supervision/started-store.js';

const { DeleteReq } = streams;

describe('a folder that is served', () => {
  let folder: string;
  let store: StartedStore;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recount-credentials-'));
    store = await start();
  });

  afterAll(async () => {
    await store.stop();
    rmSync(folder, { recursive: true });
  });

  const start = (): Promise<StartedStore> =>
    StartedStore.start('--data', join(folder, 'log'), '--port', '0', '--log-level', 'fatal');
  const file = (): string => join(folder, 'log', 'credentials');
  const shown = (): string => readFileSync(file(), 'utf8').trim();
  const urlOf = (host: string): string => `esdb://${shown()}@${host}:${store.port}?tls=false`;

  it('has a password of its own, for its owner alone, that stays', async () => {
    const before = shown();
    expect(before).toMatch(/^recount:[\w-]{32}$/u);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await store.stop();
    store = await start();
    expect(shown()).toBe(before);
  });

  it.each(['127.0.0.1', 'localhost'])('is read and written by whoever shows it, through %s', async (host) => {
    const url = urlOf(host);
    const server = new RemoteServer(url);
    await server.client.appendToStream(host, jsonEvent({ type: 'Appended', data: {} }));
    await server.dispose();
    await expect(writeExport(join(folder, `${host}.ndjson`), eventsOfServer(url))).resolves.toBeGreaterThan(0);
  });

  it('refuses every call on streams before it is read, and says what is missing', async () => {
    const client = new StreamsClient(`127.0.0.1:${store.port}`, credentials.createInsecure());
    const garbage = new DeleteReq();
    const refusal = (metadata: Metadata): Promise<ServiceError | null> =>
      new Promise((resolve) => client.delete(garbage, metadata, (error) => resolve(error)));
    await expect(refusal(new Metadata())).resolves.toMatchObject({
      code: status.UNAUTHENTICATED,
      details: expect.stringContaining('credentials'),
    });
    const showing = (credentials: string): Metadata => {
      const metadata = new Metadata();
      metadata.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
      return metadata;
    };
    for (const wrong of ['recount:wrong', `admin:${shown().split(':')[1]!}`])
      await expect(refusal(showing(wrong))).resolves.toMatchObject({ code: status.UNAUTHENTICATED });
    await expect(refusal(showing(shown()))).resolves.toMatchObject({ code: status.INVALID_ARGUMENT });
    client.close();
    const sessions = new RawSessions(`esdb://127.0.0.1:${store.port}?tls=false`);
    await expect(sessions.append()).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    sessions.close();
  });

  it('serves everybody if it is told so', async () => {
    const args = ['--data', join(folder, 'open'), '--port', '0', '--log-level', 'fatal', '--insecure'];
    const open = await StartedStore.start(...args);
    const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${open.port}?tls=false`);
    await client.appendToStream('a', jsonEvent({ type: 'Appended', data: {} }));
    await client.dispose();
    await open.stop();
  });
});

import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';

import { ChildService } from '#embedded';
import { EventStoreDbLog } from '#event-store';
import { aStream, collect, events } from '#testing';

import { writeExport } from './operations/export-file.js';
import { eventsOfServer } from './operations/remote-store.js';

const BUILT = fileURLToPath(new URL('../../../dist/apps/eventstore/src/main.js', import.meta.url));

const { DeleteReq } = streams;

describe('a folder that is served', () => {
  let folder: string;
  let store: ChildService;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recount-credentials-'));
    store = await start();
  });

  afterAll(async () => {
    await store.stop();
    rmSync(folder, { recursive: true });
  });

  const start = (): Promise<ChildService> =>
    ChildService.start({ file: BUILT, args: ['--data', join(folder, 'log'), '--port', '0', '--log-level', 'fatal'] });
  const file = (): string => join(folder, 'log', 'credentials');
  const shown = (): string => readFileSync(file(), 'utf8').trim();
  const urlWith = (who: string, host = '127.0.0.1'): string => `esdb://${who}${host}:${store.port}?tls=false`;

  it('has a password of its own, for its owner alone, that stays', async () => {
    const before = shown();
    expect(before).toMatch(/^recount:[\w-]{32}$/u);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await store.stop();
    store = await start();
    expect(shown()).toBe(before);
  });

  it.each(['127.0.0.1', 'localhost'])('is read and written by whoever shows it, through %s', async (host) => {
    const log = new EventStoreDbLog(urlWith(`${shown()}@`, host));
    const stream = aStream();
    await log.append(stream, events(2), 'no_stream');
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
    await log.dispose();
    const exported = await writeExport(join(folder, `${host}.ndjson`), eventsOfServer(urlWith(`${shown()}@`, host)));
    expect(exported).toBeGreaterThan(1);
  });

  it('is read and written through TLS by whoever shows it, to a server that is who it says', async () => {
    const certificate = (name: string): string => resolve('test/services/certificates', `${name}.pem`);
    const identity = { cert: readFileSync(certificate('server')), key: readFileSync(certificate('server-key')) };
    const relay = createServer({ ...identity, ALPNProtocols: ['h2'] }, (secure) => {
      const plain = connect(store.port, '127.0.0.1');
      // Whoever does not trust the server hangs up.
      for (const socket of [secure, plain]) socket.on('error', () => undefined);
      secure.pipe(plain).pipe(secure);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const secured = (options: string): EventStoreDbLog =>
      new EventStoreDbLog(`kurrentdb://${shown()}@localhost:${port}${options}`, { appends: { retryWithinMs: 0 } });
    const log = secured(`?tlsCAFile=${encodeURIComponent(certificate('ca'))}`);
    const stream = aStream();
    await log.append(stream, events(2), 'no_stream');
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
    const distrustful = secured('');
    await expect(distrustful.append(aStream(), events(1), 'no_stream')).rejects.toThrow();
    await Promise.all([log.dispose(), distrustful.dispose()]);
    relay.close();
  });

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['another password', () => 'recount:wrong@'],
    ['another user', () => `admin:${shown().split(':')[1]!}@`],
  ])('is neither read nor written by whoever shows %s', async (_, who) => {
    const log = new EventStoreDbLog(urlWith(who()), { appends: { attemptMs: 500, retryWithinMs: 0 } });
    await expect(log.append(aStream(), events(1), 'no_stream')).rejects.toThrow();
    await expect(log.head()).rejects.toThrow();
    await expect(collect(log.readStream('a'))).rejects.toThrow();
    await log.dispose();
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
    const known = new Metadata();
    known.set('authorization', `Basic ${Buffer.from(shown()).toString('base64')}`);
    await expect(refusal(known)).resolves.toMatchObject({ code: status.INVALID_ARGUMENT });
    client.close();
  });

  it('serves everybody if it is told so', async () => {
    const args = ['--data', join(folder, 'open'), '--port', '0', '--log-level', 'fatal', '--insecure'];
    const open = await ChildService.start({ file: BUILT, args });
    const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${open.port}?tls=false`);
    await client.appendToStream('a', jsonEvent({ type: 'Appended', data: {} }));
    await client.dispose();
    await open.stop();
  });
});

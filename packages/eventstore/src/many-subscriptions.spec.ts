import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Client, type ClientReadableStream, credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encode, writeBytes, writeEmpty, writeMessage } from './codec/fields.js';
import { StartedStore } from './supervision/started-store.js';

const asIs = (bytes: Buffer): Buffer => bytes;

const SUBSCRIPTIONS = 10_000;
const CONNECTIONS = 10;
const MOST_BYTES_OF_ONE = 64 * 1024;

/** Every second one is of a stream of its own, the others are of one that all follow. */
const streamOf = (number: number): string => (number % 2 === 0 ? `own-${number}` : 'shared');

const subscriptionTo = (stream: string): Buffer =>
  encode((request) =>
    writeMessage(request, 1, (options) => {
      writeMessage(options, 1, (target) => {
        writeMessage(target, 1, (identifier) => writeBytes(identifier, 3, Buffer.from(stream)));
        writeEmpty(target, 3);
      });
      writeEmpty(options, 6);
      writeEmpty(options, 8);
      writeMessage(options, 9, (ids) => writeEmpty(ids, 2));
    }),
  );

describe('ten thousand open subscriptions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-many-'));
  let store: StartedStore;
  let clients: Client[];
  let client: EventStoreDBClient;

  beforeAll(async () => {
    store = await StartedStore.start('--data', folder, '--port', '0', '--insecure', '--log-level', 'fatal');
    clients = Array.from({ length: CONNECTIONS }, (_, number) => {
      const ownChannel = { 'grpc.use_local_subchannel_pool': 1, 'recount.connection': number };
      return new Client(`127.0.0.1:${store.port}`, credentials.createInsecure(), ownChannel);
    });
    client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${store.port}?tls=false`);
  });

  afterAll(async () => {
    await client.dispose();
    for (const one of clients) one.close();
    await store.kill();
    rmSync(folder, { recursive: true });
  });

  const residentBytes = (): number => {
    const status = readFileSync(`/proc/${store.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1]) * 1024;
  };

  it('take bounded memory, get what is theirs, and keep nobody else waiting', async () => {
    const before = residentBytes();
    const received: number[] = [];
    const calls: ClientReadableStream<Buffer>[] = [];
    const opened = Array.from({ length: SUBSCRIPTIONS }, (_, number) => {
      const connection = clients[number % CONNECTIONS] as Client;
      const call = connection.makeServerStreamRequest(
        StreamsService.read.path,
        asIs,
        asIs,
        subscriptionTo(streamOf(number)),
      );
      calls.push(call);
      received[number] = 0;
      // Confirmed and caught up, and then events.
      return new Promise<void>((resolve, reject) => {
        call.on('error', reject);
        call.on('data', () => {
          received[number] = (received[number] ?? 0) + 1;
          if (received[number] === 2) resolve();
        });
      });
    });
    await Promise.all(opened);
    expect(residentBytes() - before).toBeLessThan(SUBSCRIPTIONS * MOST_BYTES_OF_ONE);

    const events = Array.from({ length: 5 }, () => jsonEvent({ type: 'T', data: {} }));
    for (const stream of ['own-0', 'shared', 'unrelated']) await client.appendToStream(stream, events);
    const everybodyHas = () => received.every((count, number) => count === (number % 2 === 1 || number === 0 ? 7 : 2));
    while (!everybodyHas()) await new Promise((resolve) => setTimeout(resolve, 20));

    for (const call of calls) call.on('error', () => undefined).cancel();
    await expect(client.readStream('unrelated').toArray()).resolves.toHaveLength(5);
    await client.appendToStream('shared', events);
  });
});

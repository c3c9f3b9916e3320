/** The server: the store behind its gRPC services, on one port. */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials } from '@grpc/grpc-js';

import { type EventStore } from './event-store.js';
import { APPEND_SESSION, appendSessionService } from './services/append-session.js';
import { appendService } from './services/append.js';
import { batchAppendService } from './services/batch-append.js';
import { coalescedWrites } from './services/coalesced-writes.js';
import { guardedStreams } from './services/credentials.js';
import { deletionService } from './services/deletion.js';
import { gossipService } from './services/gossip.js';
import { HEALTH, healthServices } from './services/health.js';
import { OpenCalls } from './services/open-calls.js';
import { type AppendLimits } from './services/proposed-append.js';
import { rawDefinition } from './services/raw-definition.js';
import { readService } from './services/read.js';
import { shuttingDown } from './services/refusal.js';
import { serverFeaturesService } from './services/server-features.js';

export interface ServerOptions extends AppendLimits {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** `user:password`, without which nobody reads or writes; everybody does if there are none. */
  readonly credentials?: string | undefined;
}

/** What the server's own limit is, too. */
const LARGEST_MESSAGE = 16 * 1024 * 1024 - 10_000;
/** Clients get this long to take note that the server stops. */
const GRACE_MS = 1_000;

export class EventStoreServer {
  private constructor(
    private readonly store: EventStore,
    private readonly server: Server,
    private readonly openCalls: OpenCalls,
    readonly port: number,
  ) {}

  static async start(
    store: EventStore,
    { host, port, credentials, ...limits }: ServerOptions,
  ): Promise<EventStoreServer> {
    const openCalls = new OpenCalls();
    const server = new Server({
      interceptors: [guardedStreams(credentials), coalescedWrites()],
      'grpc.enable_channelz': 0,
      'grpc.max_receive_message_length': LARGEST_MESSAGE,
      'grpc.max_send_message_length': -1,
    });
    server.addService(rawDefinition(ServerFeaturesService), { getSupportedMethods: serverFeaturesService });
    server.addService(rawDefinition(GossipService), { read: gossipService(store.now) });
    server.addService(HEALTH, healthServices(openCalls));
    server.addService(rawDefinition(StreamsService), {
      delete: deletionService(store, 'softly'),
      tombstone: deletionService(store, 'for_ever'),
      read: openCalls.counting(readService(store)),
      append: appendService(store, limits),
      batchAppend: openCalls.counting(batchAppendService(store, limits)),
    });
    server.addService(APPEND_SESSION, { appendSession: appendSessionService(store, limits) });
    return new EventStoreServer(store, server, openCalls, await bind(server, host, port));
  }

  /** Appends that have arrived are answered; open calls end with a status on which clients reconnect. */
  async stop(): Promise<void> {
    await nextTurn();
    this.openCalls.refuse(shuttingDown());
    const idle = new Promise((resolve) => this.server.tryShutdown(resolve));
    await Promise.race([idle, delay(GRACE_MS)]);
    this.server.forceShutdown();
    await this.store.close();
  }
}

const bind = (server: Server, host: string, port: number): Promise<number> => {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
};

import type { Http2Server } from 'node:http2';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ServerGrpc } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';
import { PACKAGE, packageDefinition, requestType, rpcsIn, SERVICE } from './definition.js';
import { CALLER_HEADERS } from '../doorway.js';
import { admission, type Admit } from './admission.js';
import { valuesMaxOf } from '../../pipeline/json-body.js';
import { SilentConnections } from '../../silent-connections.js';
import { keepRepeatedMetadata } from './repeated-metadata.js';
import { requestReader } from './request-reader.js';

/** Calls that are on their way when the server stops have this long to end; the streams among them are told to. */
const GRACE_MILLISECONDS = 5_000;

export interface GrpcAddress {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly messageBytesMax: number;
}

/** How the port treats those who are slow or silent. */
export interface GrpcPatience {
  /** Until a connection has said its first word, and until a request has arrived whole. */
  readonly headersMilliseconds: number;
  readonly requestMilliseconds: number;
  /** Until a connection without calls ends. */
  readonly idleMilliseconds: number;
  /** Until a connection is asked whether anybody is there, and then until it is given up. */
  readonly keepaliveMilliseconds: number;
  readonly keepaliveAnswerMilliseconds: number;
  /** Until a connection is replaced, whoever uses it, and how long its calls may then take to end. */
  readonly ageMilliseconds: number;
  readonly ageGraceMilliseconds: number;
}

/** Calls of one connection at once; further ones wait for these at the caller. */
const CALLS_OF_A_CONNECTION_MAX = 250;

/** Nest's gRPC transport that knows which port it got, tells of itself by reflection, and stops without losing what is in flight. */
export class GrpcServer extends ServerGrpc {
  port = 0;
  private readonly health = new HealthImplementation({ '': 'SERVING', [SERVICE]: 'SERVING' });
  private server: Server | undefined;
  private silent: readonly SilentConnections[] = [];

  constructor(
    private readonly address: GrpcAddress,
    private readonly patience: GrpcPatience,
    private readonly admit: Admit,
  ) {
    super({ package: PACKAGE, packageDefinition: strictDefinition() });
  }

  /** @throws Error whose `code` tells that the port cannot be had */
  override async createClient(): Promise<Server> {
    const { host, port, messageBytesMax } = this.address;
    const { patience } = this;
    const server = new Server({
      'grpc.max_receive_message_length': messageBytesMax,
      'grpc.max_concurrent_streams': CALLS_OF_A_CONNECTION_MAX,
      'grpc.max_connection_idle_ms': patience.idleMilliseconds,
      'grpc.keepalive_time_ms': patience.keepaliveMilliseconds,
      'grpc.keepalive_timeout_ms': patience.keepaliveAnswerMilliseconds,
      'grpc.max_connection_age_ms': patience.ageMilliseconds,
      'grpc.max_connection_age_grace_ms': patience.ageGraceMilliseconds,
      interceptors: [admission(this.admit, patience.requestMilliseconds)],
    });
    this.port = await promisify(server.bindAsync.bind(server))(`${host}:${port}`, ServerCredentials.createInsecure());
    // grpc-js shows nobody the HTTP/2 server below it, which alone knows what came twice.
    const { http2Servers } = server as unknown as { readonly http2Servers: ReadonlyMap<Http2Server, unknown> };
    keepRepeatedMetadata(http2Servers.keys(), CALLER_HEADERS);
    this.silent = [...http2Servers.keys()].map((http2) => new SilentConnections(http2, patience.headersMilliseconds));
    new ReflectionService(packageDefinition()).addToServer(server);
    this.health.addToServer(server);
    this.server = server;
    return server;
  }

  /** Takes no more calls, and waits for those that it took. */
  async drain(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.health.setStatus('', 'NOT_SERVING');
    this.health.setStatus(SERVICE, 'NOT_SERVING');
    const late = setTimeout(() => server.forceShutdown(), GRACE_MILLISECONDS);
    for (const connections of this.silent) connections.close();
    await promisify(server.tryShutdown.bind(server))().catch(() => server.forceShutdown());
    clearTimeout(late);
  }
}

/** Requests are read by ourselves; all else is left to the loader. */
const strictDefinition = (): PackageDefinition => {
  const definition = packageDefinition();
  const rpcs = Object.entries(rpcsIn(definition)).map(
    ([name, rpc]) =>
      [name, { ...rpc, requestDeserialize: requestReader(requestType(rpc), valuesMaxOf(name)) }] as const,
  );
  return { ...definition, [SERVICE]: Object.fromEntries(rpcs) };
};

import type { Http2Server } from 'node:http2';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ServerGrpc } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';
import { PACKAGE, packageDefinition, rpcsIn, SERVICE } from './definition.js';
import { CALLER_HEADERS } from '../doorway.js';
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

/** Nest's gRPC transport that knows which port it got, tells of itself by reflection, and stops without losing what is in flight. */
export class GrpcServer extends ServerGrpc {
  port = 0;
  private readonly health = new HealthImplementation({ '': 'SERVING', [SERVICE]: 'SERVING' });
  private server: Server | undefined;
  private silent: readonly SilentConnections[] = [];

  constructor(private readonly address: GrpcAddress) {
    super({ package: PACKAGE, packageDefinition: strictDefinition() });
  }

  /** @throws Error whose `code` tells that the port cannot be had */
  override async createClient(): Promise<Server> {
    const { host, port, messageBytesMax } = this.address;
    const server = new Server({ 'grpc.max_receive_message_length': messageBytesMax });
    this.port = await promisify(server.bindAsync.bind(server))(`${host}:${port}`, ServerCredentials.createInsecure());
    // grpc-js shows nobody the HTTP/2 server below it, which alone knows what came twice.
    const { http2Servers } = server as unknown as { readonly http2Servers: ReadonlyMap<Http2Server, unknown> };
    keepRepeatedMetadata(http2Servers.keys(), CALLER_HEADERS);
    this.silent = [...http2Servers.keys()].map((http2) => new SilentConnections(http2));
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
  const rpcs = Object.entries(rpcsIn(definition)).map(([name, rpc]) => {
    const requestDeserialize = requestReader((rpc.requestType.type as { readonly name: string }).name);
    return [name, { ...rpc, requestDeserialize }] as const;
  });
  return { ...definition, [SERVICE]: Object.fromEntries(rpcs) };
};

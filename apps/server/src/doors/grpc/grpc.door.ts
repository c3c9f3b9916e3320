import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessSettings } from '../../access/access-settings.js';
import { CallerAddresses } from '../../access/caller-addresses.js';
import { Entrance, ShutOut } from '../../access/entrance.js';
import { BODY_BYTES_MAX } from '../../pipeline/json-body.js';
import { refuseRepeatedHeaders } from '../../pipeline/single-headers.js';
import { Metrics } from '../../telemetry/metrics.js';
import { CALLER_HEADERS, refused, type DoorAnswer } from '../doorway.js';
import type { Arrival } from './admission.js';
import { GrpcServer, type GrpcPatience } from './grpc.server.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const PATIENCE: GrpcPatience = {
  headersMilliseconds: 10 * SECOND,
  requestMilliseconds: 30 * SECOND,
  idleMilliseconds: 5 * MINUTE,
  keepaliveMilliseconds: MINUTE,
  keepaliveAnswerMilliseconds: 20 * SECOND,
  // As long as an answer of the REST door may go on.
  ageMilliseconds: 24 * 60 * MINUTE,
  ageGraceMilliseconds: MINUTE,
};

/** Commands and queries by gRPC: `recount.v1.Billing`. */
@Injectable()
export class GrpcDoor implements BeforeApplicationShutdown {
  private server: GrpcServer | undefined;
  private readonly addresses: CallerAddresses;

  constructor(
    private readonly entrance: Entrance,
    private readonly metrics: Metrics,
    { trustedProxies }: AccessSettings,
  ) {
    this.addresses = new CallerAddresses(trustedProxies);
  }

  /** Answers the port that it listens on. @throws Error whose message holds `EADDRINUSE` where another program has the port */
  async open(
    app: NestFastifyApplication,
    host: string,
    port: number,
    patience: Partial<GrpcPatience> = {},
  ): Promise<number> {
    const server = new GrpcServer(
      { host, port, messageBytesMax: BODY_BYTES_MAX },
      { ...PATIENCE, ...patience },
      (arrival) => this.admit(arrival),
    );
    app.connectMicroservice({ strategy: server });
    await app.startAllMicroservices();
    this.server = server;
    return server.port;
  }

  /** While the REST door still stands: every call goes through it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.drain();
  }

  /** Who is let in is asked again by the request that the call becomes; who is not never gets so far, and is counted here. */
  private async admit({ rpc, metadata, peer }: Arrival): Promise<DoorAnswer | null> {
    const said = (name: string): string[] => metadata.get(name).map(String);
    try {
      refuseRepeatedHeaders(Object.fromEntries(CALLER_HEADERS.map((name) => [name, said(name)])));
      await this.entrance.callerWith(said('authorization')[0], this.addresses.of(peer, said('x-forwarded-for')));
      return null;
    } catch (error) {
      const answer = refused(error);
      this.metrics.requests.inc({ operation: rpc, door: 'grpc', status: answer.status });
      return error instanceof ShutOut ? { ...answer, headers: { 'Retry-After': String(error.retrySeconds) } } : answer;
    }
  }
}

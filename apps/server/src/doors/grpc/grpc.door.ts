import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BODY_BYTES_MAX } from '../../rest/http/json-body.js';
import { GrpcServer } from './grpc.server.js';

/** Commands and queries by gRPC: `recount.v1.Billing`. */
@Injectable()
export class GrpcDoor implements BeforeApplicationShutdown {
  private server: GrpcServer | undefined;

  /** Answers the port that it listens on. @throws Error whose message holds `EADDRINUSE` where another program has the port */
  async open(app: NestFastifyApplication, host: string, port: number): Promise<number> {
    const server = new GrpcServer({ host, port, messageBytesMax: BODY_BYTES_MAX });
    app.connectMicroservice({ strategy: server });
    await app.startAllMicroservices();
    this.server = server;
    return server.port;
  }

  /** While the REST door still stands: every call goes through it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.drain();
  }
}

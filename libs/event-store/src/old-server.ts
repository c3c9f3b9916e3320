import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Client, credentials, Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';

const asIs = (bytes: Buffer): Buffer => bytes;

/** The tag of `caught_up` in `ReadResp`. */
const CAUGHT_UP = (8 << 3) | 2;

/** For tests: stands before another server and keeps back that a subscription has caught up, as servers before 24.2 do. */
export class OldServer {
  private constructor(
    private readonly server: Server,
    private readonly upstream: Client,
    readonly connectionString: string,
  ) {}

  static async before(connectionString: string): Promise<OldServer> {
    const upstream = new Client(new URL(connectionString).host, credentials.createInsecure());
    const server = new Server();
    server.addService(
      { read: { ...StreamsService.read, requestDeserialize: asIs, responseSerialize: asIs } },
      { read: (call: ServerWritableStream<Buffer, Buffer>) => forward(upstream, call) },
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    return new OldServer(server, upstream, `esdb://127.0.0.1:${port}?tls=false`);
  }

  stop(): void {
    this.server.forceShutdown();
    this.upstream.close();
  }
}

const forward = (upstream: Client, call: ServerWritableStream<Buffer, Buffer>): void => {
  const answers = upstream.makeServerStreamRequest(StreamsService.read.path, asIs, asIs, call.request);
  answers.on('data', (message: Buffer) => {
    if (message[0] !== CAUGHT_UP) call.write(message);
  });
  answers.on('end', () => call.end());
  answers.on('error', (error) => call.emit('error', error));
  call.on('cancelled', () => answers.cancel());
};

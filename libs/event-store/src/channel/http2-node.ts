import { once } from 'node:events';
import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo } from 'node:net';

type Take = (call: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

/** For tests: a node as far as HTTP/2 goes. */
export class Http2Node {
  readonly sessions: ServerHttp2Session[] = [];

  private constructor(private readonly server: Http2Server) {}

  /** @param take answers a call */
  static async start(take: Take): Promise<Http2Node> {
    const node = new Http2Node(createServer());
    node.server.on('session', (session) => node.sessions.push(session));
    node.server.on('stream', (call, headers) => {
      call.on('error', () => undefined);
      take(call, headers);
    });
    node.server.listen(0, '127.0.0.1');
    await once(node.server, 'listening');
    return node;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** What a gRPC call is answered first, and last. */
export const begin = (call: ServerHttp2Stream): void => {
  call.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  call.on('wantTrailers', () => call.sendTrailers({ 'grpc-status': '0' }));
};

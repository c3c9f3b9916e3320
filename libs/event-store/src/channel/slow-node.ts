import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo } from 'node:net';

import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';

import { framed } from './grpc-frames.js';

type Request = InstanceType<typeof streamMessages.BatchAppendReq>;

/** For tests: a node that takes appends and answers them when it is told to. */
export class SlowNode {
  readonly requests: Request[] = [];
  readonly sessions: ServerHttp2Session[] = [];
  answers = true;
  received = 0;
  private unanswered: (() => void)[] = [];

  private constructor(private readonly server: Http2Server) {}

  static async start(): Promise<SlowNode> {
    const node = new SlowNode(createServer());
    node.server.on('session', (session) => node.sessions.push(session));
    node.server.on('stream', (call) => node.take(call));
    node.server.listen(0, '127.0.0.1');
    await once(node.server, 'listening');
    return node;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answerAll(): void {
    this.answers = true;
    for (const answer of this.unanswered) answer();
    this.unanswered = [];
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(call: ServerHttp2Stream): void {
    call.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    call.on('wantTrailers', () => call.sendTrailers({ 'grpc-status': '0' }));
    call.on('error', () => undefined);
    let rest = Buffer.alloc(0);
    call.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const end = 5 + rest.readUInt32BE(1);
        const request = streamMessages.BatchAppendReq.deserializeBinary(rest.subarray(5, end));
        rest = rest.subarray(end);
        this.requests.push(request);
        const answer = (): void => void call.write(success(request));
        if (this.answers) answer();
        else this.unanswered.push(answer);
      }
    });
  }
}

const success = (request: Request): Buffer => {
  const answer = new streamMessages.BatchAppendResp();
  answer.setCorrelationId(request.getCorrelationId());
  const appended = new streamMessages.BatchAppendResp.Success();
  appended.setCurrentRevision('0');
  const position = new sharedMessages.AllStreamPosition();
  position.setCommitPosition('9007199254740993');
  appended.setPosition(position);
  answer.setSuccess(appended);
  return Buffer.concat(framed(answer.serializeBinary()));
};

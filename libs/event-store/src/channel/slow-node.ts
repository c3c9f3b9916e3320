import { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';

import { framed } from './grpc-frames.js';
import { begin, Http2Node } from './http2-node.js';

type Request = InstanceType<typeof streamMessages.BatchAppendReq>;

/** For tests: a node that takes appends and answers them when it is told to. */
export class SlowNode {
  readonly requests: Request[] = [];
  answers = true;
  received = 0;
  private unanswered: (() => void)[] = [];
  private node!: Http2Node;

  private constructor() {}

  static async start(): Promise<SlowNode> {
    const slow = new SlowNode();
    slow.node = await Http2Node.start((call) => slow.take(call));
    return slow;
  }

  get address(): string {
    return this.node.address;
  }

  get sessions(): readonly ServerHttp2Session[] {
    return this.node.sessions;
  }

  answerAll(): void {
    this.answers = true;
    for (const answer of this.unanswered) answer();
    this.unanswered = [];
  }

  stop(): Promise<void> {
    return this.node.stop();
  }

  private take(call: ServerHttp2Stream): void {
    begin(call);
    let chunks: Buffer[] = [];
    let missing = 0;
    call.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      chunks.push(chunk);
      missing -= chunk.length;
      // Joined no sooner than there is a message: it may come in many pieces.
      if (missing > 0) return;
      let rest = Buffer.concat(chunks);
      while (rest.length >= endOf(rest)) {
        this.answer(call, streamMessages.BatchAppendReq.deserializeBinary(rest.subarray(HEADER_BYTES, endOf(rest))));
        rest = rest.subarray(endOf(rest));
      }
      chunks = [rest];
      missing = endOf(rest) - rest.length;
    });
  }

  private answer(call: ServerHttp2Stream, request: Request): void {
    this.requests.push(request);
    const answer = (): void => void call.write(success(request));
    if (this.answers) answer();
    else this.unanswered.push(answer);
  }
}

const HEADER_BYTES = 5;

const endOf = (bytes: Buffer): number => HEADER_BYTES + (bytes.length < HEADER_BYTES ? 0 : bytes.readUInt32BE(1));

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

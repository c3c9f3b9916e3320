import { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';

import { framed, FrameReader } from './grpc-frames.js';
import { begin, Http2Node } from './http2-node.js';

type Request = InstanceType<typeof streamMessages.BatchAppendReq>;

const MOST_BYTES = 16 * 1024 * 1024;

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
    const frames = new FrameReader(MOST_BYTES);
    call.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      for (const message of frames.read(chunk)) {
        this.answer(call, streamMessages.BatchAppendReq.deserializeBinary(message));
      }
    });
  }

  private answer(call: ServerHttp2Stream, request: Request): void {
    this.requests.push(request);
    const answer = (): void => void call.write(success(request));
    if (this.answers) answer();
    else this.unanswered.push(answer);
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

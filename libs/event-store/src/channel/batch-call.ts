import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';

import { appendFailureOf, AttemptTimedOut } from '../client-errors.js';
import { type AppendedAt, decodeBatchAnswer } from './batch-messages.js';
import { framed } from './grpc-frames.js';
import { GrpcCall } from './grpc-call.js';
import { type NodeSession } from './node-session.js';
import { lost } from './package-errors.js';

/** Whoever waits for the answer to an append. */
export interface Waiting {
  readonly answer: (appended: AppendedAt) => void;
  readonly fail: (error: Error) => void;
}

interface Sent {
  readonly bytes: number;
  readonly sentAt: number;
  /** None any more once it was told that no answer came in time. */
  waiting: Waiting | undefined;
}

export interface CallWatch {
  /** There is room for more. */
  onAnswer(): void;
  /** No answer came in time. */
  onSilence(): void;
  onOver(error: Error): void;
}

const { path } = StreamsService.batchAppend;

/** Bound memory: what is sent and not answered lies here, or where the node does not read it. */
const MOST_UNANSWERED = 512;
const MOST_UNANSWERED_BYTES = 8 * 1024 * 1024;
/** It is small, whatever is in the append. */
const MOST_BYTES_OF_AN_ANSWER = 1024 * 1024;

/** One `BatchAppend` call: what is written to it, and who waits for which answer. */
export class BatchCall {
  private readonly call: GrpcCall;
  /** By correlation id, in the order in which they were sent. What timed out stays: it may lie there unread. */
  private readonly sent = new Map<number, Sent>();
  private frames: Uint8Array[] = [];
  private unansweredBytes = 0;
  private lastCorrelation = 0;
  /** One for all: each of them may take as long as the others. */
  private timer: NodeJS.Timeout | undefined;

  constructor(
    connected: NodeSession,
    private readonly answeredWithinMs: number,
    private readonly watch: CallWatch,
  ) {
    this.call = new GrpcCall(connected, path, MOST_BYTES_OF_AN_ANSWER, {
      onMessage: (message) => this.take(message),
      onOver: (error = lost('the node ended the call')) => this.over(error),
    });
  }

  get hasRoom(): boolean {
    return this.sent.size < MOST_UNANSWERED && this.unansweredBytes < MOST_UNANSWERED_BYTES;
  }

  get nextCorrelation(): number {
    return this.lastCorrelation + 1;
  }

  /** @param request with the next correlation id. It leaves with the next `flush`. */
  add(request: Uint8Array, waiting: Waiting): void {
    this.lastCorrelation++;
    this.sent.set(this.lastCorrelation, { bytes: request.length, sentAt: performance.now(), waiting });
    this.unansweredBytes += request.length;
    this.frames.push(...framed(request));
  }

  flush(): void {
    if (this.frames.length === 0) return;
    this.call.write(Buffer.concat(this.frames));
    this.frames = [];
    this.timer ??= setTimeout(() => this.expire(), this.answeredWithinMs);
  }

  /** Nothing more is sent; what is under way is still answered. */
  end(): void {
    this.call.end();
  }

  /** An answer to nobody is late: they were told, and have asked again. */
  private take(message: Buffer): void {
    const { correlation, outcome } = decodeBatchAnswer(message);
    const sent = this.sent.get(correlation);
    if (sent === undefined) return;
    this.sent.delete(correlation);
    this.unansweredBytes -= sent.bytes;
    if (outcome instanceof Error) sent.waiting?.fail(outcome);
    else sent.waiting?.answer(outcome);
    this.watch.onAnswer();
  }

  private expire(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const one of this.sent.values()) {
      if (one.waiting === undefined) continue;
      const left = one.sentAt + this.answeredWithinMs - now;
      if (left > 0) {
        this.timer = setTimeout(() => this.expire(), left);
        return;
      }
      one.waiting.fail(new AttemptTimedOut());
      one.waiting = undefined;
      this.watch.onSilence();
    }
  }

  /** What ends the call of all is the refusal of none of them. */
  private over(reason: Error): void {
    const error = ['refused', 'wrong_revision'].includes(appendFailureOf(reason)) ? lost(reason.message) : reason;
    clearTimeout(this.timer);
    this.watch.onOver(error);
    for (const { waiting } of this.sent.values()) waiting?.fail(error);
    this.sent.clear();
  }
}

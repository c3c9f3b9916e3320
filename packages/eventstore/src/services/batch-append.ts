/**
 * Services: `Streams/BatchAppend`, many appends over one call that lives as long as the client.
 * Each has a correlation id and may come in chunks; answers go out as appends complete, in whatever order.
 */
import { Metadata, type ServerDuplexStream } from '@grpc/grpc-js';

import { type BatchAppendChunk, readBatchAppendChunk } from '../codec/append-requests.js';
import { type BatchAppendHeader, encodeBatchRefusal, encodeBatchSuccess } from '../codec/append-responses.js';
import * as statuses from '../codec/batch-statuses.js';
import { MalformedMessage } from '../codec/fields.js';
import { type EventStore } from '../event-store.js';
import { type AppendOutcome } from '../semantics/append.js';
import { type TimedOut } from '../semantics/group-commit.js';
import { NoRoom } from '../storage/storage.js';
import { type AppendLimits, AppendTooBig, EventTooBig, ProposedAppend, WRITE_TIMEOUT_MS } from './proposed-append.js';
import { refusalOf } from './refusal.js';

type BatchCall = ServerDuplexStream<Buffer, Buffer>;

interface Incoming {
  readonly append: ProposedAppend;
  readonly header: BatchAppendHeader;
  readonly deadline: number;
  /** Only for an append whose last chunk is still to come. */
  expiry?: NodeJS.Timeout;
}

class DeadlinePassed extends Error {}

export const batchAppendService =
  (store: EventStore, limits: AppendLimits) =>
  (call: BatchCall): void => {
    call.sendMetadata(new Metadata());
    new BatchAppends(store, limits, call).receive();
  };

class BatchAppends {
  private readonly incomplete = new Map<string, Incoming>();
  private unanswered = 0;
  private halfClosed = false;

  constructor(
    private readonly store: EventStore,
    private readonly limits: AppendLimits,
    private readonly call: BatchCall,
  ) {}

  receive(): void {
    this.call.on('data', (bytes: Buffer) => {
      try {
        this.take(readBatchAppendChunk(bytes, this.store.now()));
      } catch (error) {
        this.call.emit('error', refusalOf(error));
      }
    });
    this.call.on('end', () => {
      this.halfClosed = true;
      this.endOnceAnswered();
    });
    this.call.on('close', () => {
      for (const { expiry } of this.incomplete.values()) clearTimeout(expiry);
    });
  }

  private take(chunk: BatchAppendChunk): void {
    const known = this.incomplete.get(chunk.correlationId);
    const header = known?.header ?? headerOf(chunk);
    // The rest of an append that was refused before its end, or of none: the server ignores it too.
    if (header === undefined) return;
    try {
      const incoming = known ?? this.begin(chunk, header);
      for (const event of chunk.events) incoming.append.add(event);
      if (chunk.isFinal) this.carryOut(chunk.correlationId, incoming);
      else if (known === undefined) this.awaitMore(chunk.correlationId, incoming);
    } catch (error) {
      this.forget(chunk.correlationId);
      this.answer(encodeBatchRefusal(header, statusOf(error)));
    }
  }

  private begin({ options }: BatchAppendChunk, header: BatchAppendHeader): Incoming {
    const now = this.store.now();
    const deadline = Math.min(now + WRITE_TIMEOUT_MS, options?.deadline ?? Infinity);
    if (deadline <= now) throw new DeadlinePassed();
    return { append: new ProposedAppend(header, this.limits), header, deadline };
  }

  private awaitMore(correlationId: string, incoming: Incoming): void {
    this.incomplete.set(correlationId, incoming);
    incoming.expiry = setTimeout(() => {
      this.incomplete.delete(correlationId);
      this.answer(encodeBatchRefusal(incoming.header, statuses.timeout()));
    }, incoming.deadline - this.store.now());
  }

  private forget(correlationId: string): void {
    clearTimeout(this.incomplete.get(correlationId)?.expiry);
    this.incomplete.delete(correlationId);
  }

  private carryOut(correlationId: string, { append, header, deadline }: Incoming): void {
    this.forget(correlationId);
    this.unanswered++;
    void this.store
      .append(append, deadline)
      .then(
        (outcome) => encodeOutcome(header, append, outcome),
        (error) => encodeBatchRefusal(header, error instanceof NoRoom ? statuses.diskFull() : statuses.dataLoss()),
      )
      .then((answer) => {
        this.unanswered--;
        this.answer(answer);
        this.endOnceAnswered();
      });
  }

  /** A client that does not read its answers is not read either. */
  private answer(message: Buffer): void {
    if (this.call.destroyed || this.call.writableEnded || this.call.write(message)) return;
    this.call.pause();
    this.call.once('drain', () => this.call.resume());
  }

  private endOnceAnswered(): void {
    if (this.halfClosed && this.unanswered === 0) this.call.end();
  }
}

const headerOf = ({ correlation, options }: BatchAppendChunk): BatchAppendHeader | undefined =>
  options && { correlation, stream: options.stream ?? '', expected: options.expected };

const statusOf = (error: unknown): statuses.BatchStatus => {
  if (error instanceof AppendTooBig) return statuses.maximumAppendSizeExceeded(error.limit);
  if (error instanceof EventTooBig) return statuses.maximumAppendEventSizeExceeded(error);
  if (error instanceof DeadlinePassed) return statuses.timeout();
  if (error instanceof MalformedMessage) return statuses.badRequest(error.message);
  throw error;
};

const encodeOutcome = (
  header: BatchAppendHeader,
  { stream, expected }: ProposedAppend,
  outcome: AppendOutcome | TimedOut,
): Buffer => {
  switch (outcome.kind) {
    case 'appended':
    case 'nothing_to_write':
      return encodeBatchSuccess(header, outcome);
    case 'wrong_revision':
      return encodeBatchRefusal(header, statuses.wrongExpectedVersion(expected, outcome.current));
    case 'stream_deleted':
      return encodeBatchRefusal(header, statuses.streamDeleted(stream));
    case 'timed_out':
      return encodeBatchRefusal(header, statuses.timeout());
  }
};

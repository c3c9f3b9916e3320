/**
 * Operations: appends that go over one call, many on their way at once. A server carries out what comes over one call in the order in which
 * it comes, also where streams differ, so that this is their order in its log.
 */
import { type ClientDuplexStream } from '@grpc/grpc-js';
import { once } from 'node:events';

import { type Answer, encodeAppend, type Group, readAnswer } from './batch-append-messages.js';

export type BatchAppendStream = ClientDuplexStream<Buffer, Buffer>;

/** Of one that was not answered, nobody knows whether it was written. */
export type Outcome = Answer | { readonly kind: 'unanswered'; readonly error: Error };

const CORRELATION = '00000000-0000-4000-8000-';
const DIGITS = 12;

export class AppendCall {
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();
  private begun = 0;
  private failure: Error | undefined;

  constructor(private readonly call: BatchAppendStream) {
    call.on('data', (bytes: Buffer) => {
      const { correlationId, answer } = readAnswer(bytes);
      this.waiting.get(correlationId)?.(answer);
      this.waiting.delete(correlationId);
    });
    call.on('error', (error: Error) => this.fail(error));
    call.on('end', () => this.fail(new Error('The server ended the call.')));
  }

  /** Goes behind those before it. Resolves once it was taken; the outcome comes later, and never rejects. */
  async append(group: Group): Promise<{ readonly outcome: Promise<Outcome> }> {
    const { failure } = this;
    if (failure) return { outcome: Promise.resolve({ kind: 'unanswered', error: failure }) };
    const correlationId = `${CORRELATION}${(this.begun++).toString(16).padStart(DIGITS, '0')}`;
    const outcome = new Promise<Outcome>((resolve) => this.waiting.set(correlationId, resolve));
    if (!this.call.write(encodeAppend(correlationId, group))) await this.drained();
    return { outcome };
  }

  /** What is not answered is given up. */
  end(): void {
    this.call.cancel();
  }

  private async drained(): Promise<void> {
    const over = new AbortController();
    const { signal } = over;
    try {
      await Promise.race([once(this.call, 'drain', { signal }), once(this.call, 'close', { signal })]);
    } catch {
      // The call failed, which every append on its way hears.
    } finally {
      over.abort();
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const answer of this.waiting.values()) answer({ kind: 'unanswered', error: this.failure });
    this.waiting.clear();
  }
}

/** Services: a streaming gRPC call as the sink of a read or a subscription. */
import { type ServerWritableStream } from '@grpc/grpc-js';

import { type Sink } from '../subscriptions/sink.js';

export class CallSink implements Sink {
  private goOn: (() => void) | undefined;

  constructor(
    private readonly call: ServerWritableStream<Buffer, Buffer>,
    /** Applied to each message on its way out. */
    private readonly convert: (message: Buffer) => Buffer = (message) => message,
  ) {
    call.on('close', () => this.resume());
  }

  get closed(): boolean {
    return this.call.destroyed || this.call.writableEnded;
  }

  /** One message waits in the call at most: the call's own limit of sixteen is too many when each may be a mebibyte. */
  send(message: Buffer): boolean {
    if (this.closed) return false;
    this.call.write(this.convert(message), this.taken);
    return this.call.writableLength === 0;
  }

  drained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.closed || this.call.writableLength === 0) resolve();
      else this.goOn = resolve;
    });
  }

  onClosed(callback: () => void): () => void {
    this.call.on('close', callback);
    return () => this.call.off('close', callback);
  }

  private readonly taken = (): void => {
    if (this.goOn !== undefined && this.call.writableLength === 0) this.resume();
  };

  private resume(): void {
    this.goOn?.();
    this.goOn = undefined;
  }
}

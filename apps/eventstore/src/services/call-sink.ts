/** Services: a streaming gRPC call as the sink of a read or a subscription. */
import { type ServerWritableStream } from '@grpc/grpc-js';

import { type Sink } from '../subscriptions/sink.js';

export class CallSink implements Sink {
  constructor(
    private readonly call: ServerWritableStream<Buffer, Buffer>,
    /** Applied to each message on its way out. */
    private readonly convert: (message: Buffer) => Buffer = (message) => message,
  ) {}

  get closed(): boolean {
    return this.call.destroyed || this.call.writableEnded;
  }

  send(message: Buffer): boolean {
    return !this.closed && this.call.write(this.convert(message));
  }

  drained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.closed || !this.call.writableNeedDrain) return resolve();
      const settle = (): void => {
        this.call.off('drain', settle);
        this.call.off('close', settle);
        resolve();
      };
      this.call.on('drain', settle).on('close', settle);
    });
  }

  onClosed(callback: () => void): () => void {
    this.call.on('close', callback);
    return () => this.call.off('close', callback);
  }
}

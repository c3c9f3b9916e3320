/**
 * Services: hands messages to HTTP/2 without awaiting each one's write, so that many of them share a frame.
 * grpc-js awaits every write, which costs four times the CPU on long reads. What is under way is bounded: 256 KiB for a call,
 * and less for each when thousands of clients stop reading.
 */
import { ServerInterceptingCall, type ServerInterceptingCallInterface, type ServerInterceptor } from '@grpc/grpc-js';

const MOST_BYTES_OF_A_CALL = 256 * 1024;
const MOST_BYTES_OF_ALL = 64 * 1024 * 1024;
/** What a call may have under way even if all others together have too much. */
const FAIR_BYTES_OF_A_CALL = 8 * 1024;

interface Total {
  bytes: number;
}

class CoalescedWrites extends ServerInterceptingCall {
  private bytes = 0;
  private goOn: (() => void) | undefined;
  private isOver = false;

  constructor(
    private readonly call: ServerInterceptingCallInterface,
    private readonly total: Total,
  ) {
    super(call, { start: (next) => next({ onCancel: () => this.end() }) });
  }

  override sendMessage(message: Buffer, callback: () => void): void {
    const { length } = message;
    this.add(length);
    this.call.sendMessage(message, () => this.written(length));
    if (this.hasRoom) callback();
    else this.goOn = callback;
  }

  private get hasRoom(): boolean {
    if (this.total.bytes > MOST_BYTES_OF_ALL) return this.bytes < FAIR_BYTES_OF_A_CALL;
    return this.bytes < MOST_BYTES_OF_A_CALL;
  }

  private add(bytes: number): void {
    if (this.isOver) return;
    this.bytes += bytes;
    this.total.bytes += bytes;
  }

  private written(bytes: number): void {
    this.add(-bytes);
    if (this.goOn === undefined || !this.hasRoom) return;
    const { goOn } = this;
    this.goOn = undefined;
    goOn();
  }

  /** Also called when a call ends well. Writes that a lost connection took with it are never reported. */
  private end(): void {
    this.add(-this.bytes);
    this.isOver = true;
  }
}

export const coalescedWrites = (): ServerInterceptor => {
  const total: Total = { bytes: 0 };
  return (_method, call) => new CoalescedWrites(call, total);
};

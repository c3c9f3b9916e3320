/**
 * Services: hands messages to HTTP/2 without awaiting each one's write, so that many of them share a frame.
 * grpc-js awaits every write, which costs four times the CPU on long reads. Bounded: what is under way may take 256 KiB.
 */
import { ServerInterceptingCall, type ServerInterceptingCallInterface, type ServerInterceptor } from '@grpc/grpc-js';

const MOST_BYTES_UNDER_WAY = 256 * 1024;

class CoalescedWrites extends ServerInterceptingCall {
  private bytesUnderWay = 0;
  private goOn: (() => void) | undefined;

  constructor(private readonly call: ServerInterceptingCallInterface) {
    super(call);
  }

  override sendMessage(message: Buffer, callback: () => void): void {
    this.bytesUnderWay += message.length;
    this.call.sendMessage(message, () => this.written(message.length));
    if (this.bytesUnderWay < MOST_BYTES_UNDER_WAY) callback();
    else this.goOn = callback;
  }

  private written(bytes: number): void {
    this.bytesUnderWay -= bytes;
    if (this.goOn === undefined || this.bytesUnderWay > MOST_BYTES_UNDER_WAY / 2) return;
    const { goOn } = this;
    this.goOn = undefined;
    goOn();
  }
}

export const coalescedWrites: ServerInterceptor = (_method, call) => new CoalescedWrites(call);

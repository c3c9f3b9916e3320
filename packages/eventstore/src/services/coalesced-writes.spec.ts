import { type ServerInterceptingCall, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';

import { coalescedWrites } from './coalesced-writes.js';

/** The call below, whose writes are done when the test says so. */
class Http2Call {
  readonly undone: (() => void)[] = [];
  cancel: () => void = () => undefined;

  sendMessage(_message: Buffer, done: () => void): void {
    this.undone.push(done);
  }

  start(listener: { onCancel(): void }): void {
    this.cancel = () => listener.onCancel();
  }
}

const LISTENER = {
  onReceiveMetadata: () => undefined,
  onReceiveMessage: () => undefined,
  onReceiveHalfClose: () => undefined,
  onCancel: () => undefined,
};

describe('messages on their way to a client', () => {
  const intercept = coalescedWrites();
  const open = (interceptor = intercept) => {
    const below = new Http2Call();
    const method = {} as Parameters<typeof interceptor>[0];
    const call: ServerInterceptingCall = interceptor(method, below as unknown as ServerInterceptingCallInterface);
    call.start(LISTENER);
    let taken = 0;
    const send = (bytes: number): number => {
      call.sendMessage(Buffer.alloc(bytes), () => taken++);
      return taken;
    };
    return { below, send, taken: () => taken };
  };

  it('do not wait for each other', () => {
    const { below, send } = open();
    for (const expected of [1, 2, 3]) expect(send(1_000)).toBe(expected);
    expect(below.undone).toHaveLength(3);
  });

  it('wait when too many bytes are under way, until half of them are gone', () => {
    const { below, send, taken } = open();
    expect(send(200_000)).toBe(1);
    expect(send(100_000)).toBe(1);
    below.undone[0]?.();
    expect(taken()).toBe(2);
  });

  it('of one call wait sooner when all calls together have too many, and no longer than that', () => {
    const interceptor = coalescedWrites();
    const calls = Array.from({ length: 300 }, () => open(interceptor));
    for (const { send } of calls) send(250_000);
    const late = open(interceptor);
    expect(late.send(5_000)).toBe(1);
    expect(late.send(5_000)).toBe(1);
    for (const { below } of calls) below.cancel();
    late.below.undone[0]?.();
    expect(late.taken()).toBe(2);
  });
});

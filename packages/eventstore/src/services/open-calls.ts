/** Services: the calls that stay open, so that a stop ends them with a status instead of a cut connection. */
import { type Refusal } from './refusal.js';

interface OpenCall {
  on(event: 'close', listener: () => void): unknown;
  emit(event: 'error', refusal: Refusal): unknown;
}

export class OpenCalls {
  private readonly calls = new Set<OpenCall>();

  counting<Call extends OpenCall>(service: (call: Call) => unknown): (call: Call) => void {
    return (call) => {
      this.calls.add(call);
      call.on('close', () => this.calls.delete(call));
      service(call);
    };
  }

  /** grpc-js turns an error that is emitted on a call into its status. */
  refuse(refusal: Refusal): void {
    for (const call of this.calls) call.emit('error', refusal);
  }
}

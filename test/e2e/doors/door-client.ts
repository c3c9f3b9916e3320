import type { Any } from '../../services/test-client.js';

/** An answer in the words that all doors share: the status is that of HTTP. */
export interface Reply {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Any;
}

/** One door as its callers see it: operations by name. */
export interface DoorClient {
  readonly door: string;
  ask(operation: string, payload: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  withKey(key: string): DoorClient;
}

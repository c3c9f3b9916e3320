import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '#contracts';
import type { AccountId, SubscriptionId } from '#kernel';

/** Who is being answered, at whatever door, and by which operation. */
export interface RequestScope {
  readonly actor: Actor;
  readonly operation: string;
  readonly requestId: string;
  /** The keys of all personal data that was opened for the answer. */
  readonly openedKeys: Set<string>;
  /** What references by external id name, once they are looked up. */
  named?: ReferencesByExternalId;
}

/** By `external:<externalId>`. */
export interface ReferencesByExternalId {
  readonly accounts: ReadonlyMap<string, AccountId>;
  readonly subscriptions: ReadonlyMap<string, SubscriptionId>;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** What is awaited in the work is within the scope, too. */
export const withinRequest = <Result>(scope: Omit<RequestScope, 'openedKeys'>, work: () => Result): Result =>
  scopes.run({ ...scope, openedKeys: new Set() }, work);

/** Undefined where nobody asked: in reactors. */
export const requestScope = (): RequestScope | undefined => scopes.getStore();

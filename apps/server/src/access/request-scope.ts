import { AsyncLocalStorage } from 'node:async_hooks';
import type { AccountId, SubscriptionId } from '#kernel';
import type { Caller } from './caller.js';
import type { Door } from './door.js';

declare module 'fastify' {
  interface FastifyRequest {
    scope: RequestScope;
  }
}

/** Who is being answered, at whatever door, and by which operation: one object from the first header to the last log line. */
export interface RequestScope {
  readonly requestId: string;
  readonly door: Door;
  /** Health, metrics and documentation have none. */
  readonly operation: string | undefined;
  /** Of a request whose credential was taken. */
  caller: Caller | undefined;
  /** The keys of all personal data that was opened for the answer. */
  readonly openedKeys: Set<string>;
  /** What references by external id name, once they are looked up. */
  named: ReferencesByExternalId | undefined;
  /** Of what was asked, once somebody needed it. */
  requestHash: string | undefined;
}

/** By `external:<externalId>`. */
export interface ReferencesByExternalId {
  readonly accounts: ReadonlyMap<string, AccountId>;
  readonly subscriptions: ReadonlyMap<string, SubscriptionId>;
}

const scopes = new AsyncLocalStorage<RequestScope>();

export const scopeOf = (requestId: string, door: Door, operation: string | undefined): RequestScope => ({
  requestId,
  door,
  operation,
  caller: undefined,
  openedKeys: new Set(),
  named: undefined,
  requestHash: undefined,
});

/** What is awaited in the work is within the scope, too. */
export const withinRequest = <Result>(scope: RequestScope, work: () => Result): Result => scopes.run(scope, work);

/** Undefined where nobody asked: in reactors. */
export const requestScope = (): RequestScope | undefined => scopes.getStore();

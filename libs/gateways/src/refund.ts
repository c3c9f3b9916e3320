import type { Instant, Money } from '#kernel';
import type { Metadata } from './metadata.js';
import type { Unknown } from './outcome.js';

export interface RefundRequest {
  /** The refund's own id. */
  readonly key: string;
  /** Of the attempt that succeeded. */
  readonly attemptRef: string;
  readonly amount: Money;
  readonly metadata: Metadata;
}

/** `failed` may come days after `succeeded`: banks send money back. `canceled` returns it, too. */
export type RefundOutcome =
  | { readonly status: 'pending' | 'succeeded' | 'canceled' }
  | { readonly status: 'action_required' }
  | { readonly status: 'failed'; readonly code: string }
  | Unknown;

export interface RefundReading {
  readonly reference: string | null;
  readonly outcome: RefundOutcome;
  readonly amount: Money;
  /** What it is of, for `readAttempt`: of a page, the payment behind it. Null where the gateway does not say. */
  readonly attemptRef: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: Instant | null;
}

export interface RefundSearch {
  readonly metadata: Metadata;
  readonly attemptRef: string;
}

import type { Instant, Money } from '#kernel';
import type { AttemptReading } from './attempt.js';

export type ObjectKind = 'attempt' | 'refund' | 'dispute' | 'method' | 'setup' | 'payout';

/** Something at the gateway that is to be read back. What a message says of it may be old; what is read is not. */
export interface ObjectRef {
  readonly kind: ObjectKind;
  readonly reference: string;
}

/** A change at the gateway, of a webhook or of a sweep. */
export interface Notification {
  /** The same for the same change, however often and by which way it is told. */
  readonly id: string;
  readonly type: string;
  readonly createdAt: Instant;
  /** Null: of nothing that this product keeps. */
  readonly object: ObjectRef | null;
}

/** Where a sweep goes on: after a change, or from a moment on where none is known. */
export interface ChangeCursor {
  readonly since: Instant;
  readonly after: string | null;
}

/** Changes in the order in which they happened, and where to go on; `hasMore` says whether to go on at once. */
export interface ChangePage {
  readonly changes: readonly Notification[];
  readonly cursor: ChangeCursor;
  readonly hasMore: boolean;
}

/** A part of the attempts of a window of time, by when they were made; `next` is null at its end. */
export interface AttemptPage {
  readonly attempts: readonly AttemptReading[];
  readonly next: string | null;
}

export type BalanceKind =
  | 'charge'
  | 'refund'
  | 'refund_failure'
  | 'dispute'
  | 'dispute_reversal'
  | 'fee'
  | 'payout'
  | 'payout_failure'
  | 'other';

/** A movement of the money that the gateway holds: `amount` less `fee` is `net`, each with its sign, in the currency of settlement. */
export interface BalanceMovement {
  readonly reference: string;
  readonly kind: BalanceKind;
  readonly amount: Money;
  readonly fee: Money;
  readonly net: Money;
  /** The charge, refund, dispute or payout that it is of. */
  readonly sourceRef: string | null;
  readonly createdAt: Instant;
  readonly availableAt: Instant;
}

/** Newest first within the window; `next` is null at its end. */
export interface BalancePage {
  readonly movements: readonly BalanceMovement[];
  readonly next: string | null;
}

export interface Window {
  readonly from: Instant;
  readonly before: Instant;
}

export interface PayoutReading {
  readonly reference: string;
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled' | 'unknown';
  readonly amount: Money;
  readonly arrivesAt: Instant;
  readonly createdAt: Instant;
}

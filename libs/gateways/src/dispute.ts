import type { Instant, Money } from '#kernel';

/** `needs_response`: evidence is awaited. `under_review`: it is with the bank. `warning` is an inquiry: no money moved. */
export type DisputeStatus =
  'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'warning_closed' | 'unknown';

/** A customer's bank takes a payment back. */
export interface DisputeReading {
  readonly reference: string;
  /** For `readAttempt`: of a page, the payment behind it. */
  readonly attemptRef: string | null;
  readonly status: DisputeStatus;
  readonly amount: Money;
  readonly reason: string;
  readonly evidenceDueBy: Instant | null;
  /** What the gateway took for it and gave back since, in its own currency of settlement; positive amounts. */
  readonly withdrawn: Money | null;
  readonly reinstated: Money | null;
  readonly createdAt: Instant;
}

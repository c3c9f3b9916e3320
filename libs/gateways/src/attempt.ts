import type { Instant, Money } from '#kernel';
import type { Metadata } from './metadata.js';
import type { Outcome } from './outcome.js';

/** Whether the customer is there and can be asked, as by 3-D Secure. */
export type Presence = 'off_session' | 'on_session';

/** A payment that the gateway is asked to take. The same request under the same key is the same payment, however often it is sent. */
export interface AttemptRequest {
  /** The attempt's own id. */
  readonly key: string;
  readonly amount: Money;
  readonly customerRef: string;
  readonly methodRef: string;
  readonly presence: Presence;
  /** Where the customer comes back to after being asked something; on-session attempts need it, and methods at whose own site one pays. */
  readonly returnUrl?: string;
  /** Says what it is for on the customer's statement, as far as the gateway shows it: what it cannot show is left out. */
  readonly statementText?: string;
  readonly metadata: Metadata;
}

/** A page of the gateway at which the customer chooses how to pay, and pays. */
export interface PaymentPageRequest {
  readonly key: string;
  readonly amount: Money;
  readonly customerRef: string | null;
  /** What the customer reads there, as the number of an invoice. */
  readonly title: string;
  readonly returnUrl: string;
  /** As late as the gateway allows unless named; Stripe takes 30 minutes to 24 hours from now. */
  readonly expiresAt?: Instant;
  /** Keeps the method for later attempts off session. */
  readonly keepMethod: boolean;
  readonly metadata: Metadata;
}

/** What the gateway has of an attempt. */
export interface AttemptReading {
  /** By which it is read again; null where the gateway may not have it (`unknown`), or refused it before it had one. */
  readonly reference: string | null;
  readonly outcome: Outcome;
  readonly amount: Money;
  readonly customerRef: string | null;
  readonly methodRef: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: Instant | null;
}

/** An attempt by what it was started with, where no reference came back. */
export interface AttemptSearch {
  readonly metadata: Metadata;
  readonly customerRef: string | null;
  /** When it was started, with as much room as clocks may differ. */
  readonly from: Instant;
  readonly before: Instant;
}

import type { LocalDate } from '#kernel';
import type { Metadata } from './metadata.js';

export interface CustomerRequest {
  readonly key: string;
  /** Personal data, as far as the gateway is to have it. */
  readonly name?: string;
  readonly email?: string;
  readonly metadata: Metadata;
}

/** A card, an account that is debited. `fingerprint` is the same for the same card at every customer; it is not to be stored as it is. */
export interface MethodReading {
  readonly reference: string;
  /** Null once it is detached. */
  readonly customerRef: string | null;
  /** In the gateway's words: `card`, `sepa_debit`, `us_bank_account` … */
  readonly kind: string;
  readonly fingerprint: string | null;
  /** The last day on which it can be used. */
  readonly expiresOn: LocalDate | null;
  /** Personal data. */
  readonly brand: string | null;
  readonly last4: string | null;
  readonly holder: string | null;
}

/** A page of the gateway at which the customer leaves a method for payments off session. */
export interface SetupPageRequest {
  readonly key: string;
  readonly customerRef: string;
  /** Of what will be paid: not every method is of every currency. */
  readonly currency: string;
  readonly returnUrl: string;
  readonly metadata: Metadata;
}

export interface SetupReading {
  readonly reference: string;
  readonly status: 'open' | 'processing' | 'completed' | 'expired';
  readonly url: string | null;
  readonly customerRef: string | null;
  /** Once it is completed. */
  readonly methodRef: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

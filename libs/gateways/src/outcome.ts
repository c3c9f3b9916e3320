import type { Instant, LocalDate, Money } from '#kernel';

/**
 * What is to be done about a payment that failed.
 * `hard`: never again by this method. `soft`: later. `authentication`: the customer has to confirm it. `gateway`: the gateway's own
 * trouble, soon again. `configuration`: somebody has to mend what was asked, or how.
 */
export type FailureCategory = 'hard' | 'soft' | 'authentication' | 'gateway' | 'configuration';

/** Why a payment failed: a category of ours, and what the gateway, the bank and the card network said, as they said it. */
export interface PaymentFailure {
  readonly category: FailureCategory;
  readonly code: string;
  readonly declineCode?: string;
  readonly adviceCode?: string;
  readonly networkDeclineCode?: string;
  readonly networkAdvice?: string;
  /** Not to be tried before, by advice of the network. */
  readonly retryNotBefore?: Instant;
}

/** What a customer is asked for; `page` is one of the gateway's, `transfer` a payment of the customer's own bank. */
export type ActionKind = '3ds' | 'mandate' | 'microdeposit' | 'page' | 'transfer' | 'other';

export interface TransferInstructions {
  readonly holder: string;
  readonly iban: string;
  readonly bic: string | null;
  /** What the customer has to name. */
  readonly reference: string;
}

/**
 * What became of an attempt. `succeeded`, `failed` and `canceled` are final; what takes a success back later is a refund or a dispute.
 * `unknown` is no answer: the gateway has it, or not. It is never taken for a failure.
 */
export type Outcome =
  | {
      readonly status: 'succeeded';
      readonly received: Money;
      /** What refunds and disputes of it name. */
      readonly chargeRef: string | null;
      readonly succeededAt: Instant | null;
    }
  | { readonly status: 'processing'; readonly expectedBy: LocalDate | null }
  | {
      readonly status: 'action_required';
      readonly kind: ActionKind;
      readonly url: string | null;
      readonly expiresAt: Instant | null;
      readonly instructions?: TransferInstructions;
    }
  | { readonly status: 'failed'; readonly failure: PaymentFailure }
  | { readonly status: 'canceled'; readonly reason: string | null }
  | Unknown;

export interface Unknown {
  readonly status: 'unknown';
  readonly code: string;
  /**
   * How to find out. `repeat`: the same request under the same key, as long as the gateway keeps the key (`keyKeptSeconds`).
   * `look_up`: a repetition would only be told the same again.
   */
  readonly resolve: 'repeat' | 'look_up';
}

export const isFinal = ({ status }: Outcome): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'canceled';

import type { AccountDiscountTerms, AppliedTerms } from '#contracts';
import type { InvoiceId, LocalDate } from '#kernel';
import type { AccountDiscount } from './account-discount.js';
import type { AppliedDiscount } from './applied-discount.js';

/** A discount of a subscription, as it is answered. */
export interface DiscountRecord extends AppliedTerms {
  /** The periods that it counts in begin on these days, the last one not included; null while the subscription has not begun. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly removed: boolean;
  /** Of one that counts once: the invoice that it took something off. */
  readonly usedOn: InvoiceId | null;
}

/** A discount of an account as a whole, as it is answered. */
export interface AccountDiscountRecord extends AccountDiscountTerms {
  readonly removed: boolean;
}

export const accountDiscountRecord = ({ terms, removed }: AccountDiscount): AccountDiscountRecord => ({
  ...terms,
  removed,
});

export const discountRecord = ({ terms, window, removed, usedOn }: AppliedDiscount): DiscountRecord => ({
  ...terms,
  from: window?.from ?? null,
  until: window?.until ?? null,
  removed,
  usedOn,
});

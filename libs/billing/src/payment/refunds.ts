import type { LocalDate, Money, PaymentId, RefundId } from '#kernel';

/** Money that was paid back. */
export interface Refund {
  readonly id: RefundId;
  /** `null` where credit was paid out. */
  readonly paymentId: PaymentId | null;
  readonly amount: Money;
  /** How much of it came out of credit; for the rest, invoices are owed again. */
  readonly fromCredit: Money;
  readonly reason: string | null;
  readonly issuedOn: LocalDate;
}

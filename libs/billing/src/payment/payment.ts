import type { InvoicePart } from '#contracts';
import type { LocalDate, Money, PaymentId } from '#kernel';

export interface Payment {
  readonly id: PaymentId;
  readonly amount: Money;
  readonly method: string;
  readonly reference: string | null;
  readonly receivedOn: LocalDate;
  /** What it settles of which invoices, less what was paid back. */
  allocations: readonly InvoicePart[];
  amountRefunded: Money;
  reversedOn: LocalDate | null;
}

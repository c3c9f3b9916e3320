import type { InvoiceId, LocalDate, Money, PaymentId } from '#kernel';

export interface Payment {
  readonly id: PaymentId;
  readonly amount: Money;
  readonly method: string;
  readonly reference: string | null;
  readonly receivedOn: LocalDate;
  readonly allocations: { readonly invoiceId: InvoiceId; readonly amount: Money }[];
  /** The part beyond what was due, kept as customer credit. */
  credit: Money;
  reversedOn: LocalDate | null;
}

import type { Event, InvoiceId, LocalDate, Money, PaymentId } from '#kernel';
import type { Transfer } from '#ledger';

export type PaymentReceived = Event<
  'PaymentReceived',
  {
    readonly paymentId: PaymentId;
    readonly amount: Money;
    readonly method: string;
    readonly reference?: string;
    readonly receivedOn: LocalDate;
  }
>;
/** Matches money to an invoice. */
export type PaymentAllocated = Event<
  'PaymentAllocated',
  { readonly paymentId: PaymentId; readonly invoiceId: InvoiceId; readonly amount: Money; readonly bookedOn: LocalDate }
>;
/** The payment was entered wrongly or came back: what it settled is owed again. */
export type PaymentReversed = Event<
  'PaymentReversed',
  {
    readonly paymentId: PaymentId;
    readonly reason?: string;
    readonly bookedOn: LocalDate;
    readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly amount: Money }[];
    /** What it had left as customer credit. */
    readonly credit: Money;
  }
>;

export interface CreditCause {
  readonly type: 'payment' | 'invoice';
  readonly id: string;
}
export type CustomerCreditAdded = Event<
  'CustomerCreditAdded',
  { readonly amount: Money; readonly cause: CreditCause; readonly bookedOn: LocalDate }
>;
export type CustomerCreditApplied = Event<
  'CustomerCreditApplied',
  { readonly invoiceId: InvoiceId; readonly amount: Money; readonly bookedOn: LocalDate }
>;

export type TransferPosted = Event<'TransferPosted', Transfer>;

export type PaymentEvent =
  PaymentReceived | PaymentAllocated | PaymentReversed | CustomerCreditAdded | CustomerCreditApplied | TransferPosted;

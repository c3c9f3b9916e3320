import type { Event, InvoiceId, LocalDate, Money, PaymentId, RefundId } from '#kernel';
import type { Transfer } from '#ledger';
import type { CreditCause, CreditPart } from '../credit/credit-lots.js';

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
    readonly allocations: readonly InvoicePart[];
    /** What it had left as customer credit, also where that was used since. */
    readonly credit: Money;
  }
>;

/** What an invoice was settled with, or is owed again of. */
export interface InvoicePart {
  readonly invoiceId: InvoiceId;
  readonly amount: Money;
}

/** Money was paid back: out of credit, or out of what a payment had settled, which is then owed again. */
export type RefundIssued = Event<
  'RefundIssued',
  {
    readonly refundId: RefundId;
    /** The payment that it pays back; without it, it pays out credit. */
    readonly paymentId?: PaymentId;
    readonly amount: Money;
    /** The credit that was paid out, by what had given it. */
    readonly sources: readonly CreditPart[];
    /** What the payment had settled and no longer does. */
    readonly allocations: readonly InvoicePart[];
    readonly reason?: string;
    readonly bookedOn: LocalDate;
  }
>;

export type CustomerCreditAdded = Event<
  'CustomerCreditAdded',
  {
    readonly amount: Money;
    readonly cause: CreditCause;
    readonly bookedOn: LocalDate;
    /** It settles no invoice that is there already: it waits for the next one, or until it is applied. */
    readonly held?: true;
  }
>;
export type CustomerCreditApplied = Event<
  'CustomerCreditApplied',
  {
    readonly invoiceId: InvoiceId;
    readonly amount: Money;
    readonly bookedOn: LocalDate;
    /** What had given the credit; the oldest first where it is not told. */
    readonly sources?: readonly CreditPart[];
  }
>;
/** Credit is taken off the invoice that it settled, because what had given it is gone: the invoice is owed again. */
export type CustomerCreditUnapplied = Event<
  'CustomerCreditUnapplied',
  {
    readonly invoiceId: InvoiceId;
    readonly amount: Money;
    readonly bookedOn: LocalDate;
    readonly sources: readonly CreditPart[];
  }
>;

export type TransferPosted = Event<'TransferPosted', Transfer>;

export type PaymentEvent =
  | PaymentReceived
  | PaymentAllocated
  | PaymentReversed
  | RefundIssued
  | CustomerCreditAdded
  | CustomerCreditApplied
  | CustomerCreditUnapplied
  | TransferPosted;

import type { Instant, InvoiceId, LocalDate, Money, PaymentId, RefundId } from '#kernel';

/** An invoice that is to be settled: with all that it is owed, as far as the money goes, unless an amount is named. */
export interface AllocationOrder {
  readonly invoiceId: InvoiceId;
  readonly amount?: Money;
}

/** What happens to the money that no allocation names: it settles open invoices, the oldest due first, or it waits. */
export type Allocate = 'oldest_due' | 'none';

/** When something is entered, and on which day that is in the zone of the books. */
export interface BookDay {
  readonly bookedOn: LocalDate;
  readonly timeZone: string;
  readonly now: Instant;
}

export type PaymentCommand =
  | {
      readonly type: 'ReceivePayment';
      readonly paymentId: PaymentId;
      readonly amount: Money;
      readonly method: string;
      readonly reference?: string;
      /** Today unless named. */
      readonly receivedOn?: LocalDate;
      /** The invoice that it is for; or several, or none. */
      readonly invoiceId?: InvoiceId;
      readonly allocations: readonly AllocationOrder[];
      readonly allocate: Allocate;
      readonly now: Instant;
      readonly timeZone: string;
    }
  | ({
      readonly type: 'ReversePayment';
      readonly paymentId: PaymentId;
      readonly reason?: string;
    } & BookDay)
  | ({
      readonly type: 'RefundPayment';
      readonly refundId: RefundId;
      readonly paymentId: PaymentId;
      readonly amount?: Money;
      /** Beyond the credit that is there: what the payment settled is owed again. */
      readonly reopenInvoices: boolean;
      readonly reason?: string;
    } & BookDay)
  | ({
      readonly type: 'RefundCredit';
      readonly refundId: RefundId;
      readonly amount?: Money;
      readonly reason?: string;
    } & BookDay)
  | ({
      readonly type: 'ApplyCredit';
      /** Open invoices, the oldest due first, unless some are named. */
      readonly allocations: readonly AllocationOrder[];
    } & BookDay);

import type { InvoiceId, LocalDate, Money, PaymentId } from '#kernel';

export type PaymentCommand =
  | {
      readonly type: 'ReceivePayment';
      readonly paymentId: PaymentId;
      readonly invoiceId: InvoiceId;
      readonly amount: Money;
      readonly method: string;
      readonly reference?: string;
      readonly receivedOn: LocalDate;
    }
  | {
      readonly type: 'ReversePayment';
      readonly paymentId: PaymentId;
      readonly reason?: string;
      readonly bookedOn: LocalDate;
    };

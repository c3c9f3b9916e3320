import type { AccountId, InvoiceId, LocalDate, Money, PaymentId, RefundId } from '#kernel';
import type { Payment } from './payment.js';
import type { Refund } from './refunds.js';

export interface PaymentRecord {
  readonly paymentId: PaymentId;
  readonly accountId: AccountId;
  readonly amount: Money;
  readonly method: string;
  readonly reference: string | null;
  readonly receivedOn: LocalDate;
  readonly reversedOn: LocalDate | null;
  readonly amountRefunded: Money;
  readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly amount: Money }[];
}

export interface RefundRecord {
  readonly refundId: RefundId;
  readonly accountId: AccountId;
  readonly paymentId: PaymentId | null;
  readonly amount: Money;
  readonly fromCredit: Money;
  readonly reason: string | null;
  readonly issuedOn: LocalDate;
}

export interface CreditApplicationRecord {
  readonly accountId: AccountId;
  readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly amount: Money }[];
  readonly creditLeft: Money;
}

export const paymentRecord = (payment: Payment, accountId: AccountId): PaymentRecord => {
  const { id, amount, method, reference, receivedOn, reversedOn, amountRefunded, allocations } = payment;
  return {
    paymentId: id,
    accountId,
    amount,
    method,
    reference,
    receivedOn,
    reversedOn,
    amountRefunded,
    allocations: [...allocations],
  };
};

export const refundRecord = ({ id, ...refund }: Refund, accountId: AccountId): RefundRecord => ({
  refundId: id,
  accountId,
  ...refund,
});

import type { CreditApplicationRecord, RefundRecord } from '#billing/payment';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import type { PaymentAllocationResource } from './payment.resource.js';

export class RefundResource {
  /** @example "rfd_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** The payment that it pays back; none where it pays out credit. @example "pay_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  paymentId!: string | null;
  amount!: MoneyDto;
  /** How much of it came out of customer credit; for the rest, invoices are owed again. */
  fromCredit!: MoneyDto;
  /** @example "closes the account" */
  reason!: string | null;
  /** @example "2026-02-10" */
  issuedOn!: string;
}

export const refundResource = (refund: RefundRecord): RefundResource => ({
  id: refund.refundId,
  accountId: refund.accountId,
  paymentId: refund.paymentId,
  amount: moneyResource(refund.amount),
  fromCredit: moneyResource(refund.fromCredit),
  reason: refund.reason,
  issuedOn: refund.issuedOn,
});

export class CreditApplicationResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** What the credit settled now. */
  allocations!: PaymentAllocationResource[];
  /** What is left of it. */
  creditLeft!: MoneyDto;
}

export const creditApplicationResource = ({
  accountId,
  allocations,
  creditLeft,
}: CreditApplicationRecord): CreditApplicationResource => ({
  accountId,
  allocations: allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: moneyResource(amount) })),
  creditLeft: moneyResource(creditLeft),
});

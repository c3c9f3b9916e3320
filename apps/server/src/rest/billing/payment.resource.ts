import type { PaymentRecord } from '#billing/payment';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

export class PaymentAllocationResource {
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string;
  amount!: MoneyDto;
}

export class PaymentResource {
  /** @example "pay_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  amount!: MoneyDto;
  /** @example "bank_transfer" */
  method!: string;
  /** @example "RF18 5390 0754 7034" */
  reference!: string | null;
  /** @example "2026-02-03" */
  receivedOn!: string;
  /** @example "received" */
  status!: 'received' | 'reversed';
  reversedOn!: string | null;
  /** What of it was paid back. */
  amountRefunded!: MoneyDto;
  /** What it settled; the rest became customer credit. */
  allocations!: PaymentAllocationResource[];
}

export const paymentResource = (payment: PaymentRecord): PaymentResource => ({
  id: payment.paymentId,
  accountId: payment.accountId,
  amount: moneyResource(payment.amount),
  method: payment.method,
  reference: payment.reference,
  receivedOn: payment.receivedOn,
  status: payment.reversedOn === null ? 'received' : 'reversed',
  reversedOn: payment.reversedOn,
  amountRefunded: moneyResource(payment.amountRefunded),
  allocations: payment.allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: moneyResource(amount) })),
});

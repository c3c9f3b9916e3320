import type { Stored, PaymentFact } from '#contracts';
import type { Money } from '#kernel';
import { projection, table, type Row } from '#projection';

export const payments = table({
  name: 'payments',
  columns: {
    tenant_id: 'text',
    payment_id: 'text',
    account_id: 'text',
    amount: 'numeric',
    currency: 'text',
    method: 'text',
    reference: 'text?',
    received_on: 'date',
    reversed_on: 'date?',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'payment_id'],
  indexes: ['tenant_id, position DESC', 'tenant_id, account_id, position DESC'],
});

/** What a payment settles, each with its sign: refunds take off what they reopen. */
export const paymentAllocations = table({
  name: 'payment_allocations',
  columns: { tenant_id: 'text', payment_id: 'text', invoice_id: 'text', revision: 'bigint', amount: 'numeric' },
  key: ['tenant_id', 'payment_id', 'invoice_id', 'revision'],
});

/** Money that was paid back; of a payment, or of credit. */
export const refunds = table({
  name: 'refunds',
  columns: {
    tenant_id: 'text',
    refund_id: 'text',
    account_id: 'text',
    payment_id: 'text?',
    amount: 'numeric',
    from_credit: 'numeric',
    currency: 'text',
    reason: 'text?',
    issued_on: 'date',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'refund_id'],
  indexes: ['tenant_id, position DESC', 'tenant_id, account_id, position DESC', 'tenant_id, payment_id'],
});

const allocation = (
  { metadata, revision }: Stored,
  paymentId: string,
  { invoiceId, amount }: { readonly invoiceId: string; readonly amount: Money },
  sign = 1n,
): Row<typeof paymentAllocations> => ({
  tenant_id: metadata.tenantId!,
  payment_id: paymentId,
  invoice_id: invoiceId,
  revision: BigInt(revision),
  amount: String(sign * amount.minor),
});

export const paymentsProjection = projection<PaymentFact>({
  name: 'payments',
  version: 2,
  tables: [payments, paymentAllocations, refunds],
  on: {
    PaymentReceived: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(payments, {
        tenant_id: metadata.tenantId!,
        payment_id: data.paymentId,
        account_id: metadata.accountId!,
        amount: String(data.amount.minor),
        currency: data.amount.currency,
        method: data.method,
        reference: data.reference ?? null,
        received_on: data.receivedOn,
        reversed_on: null,
        recorded_at: metadata.recordedAt,
        position,
      }),
    PaymentAllocated: (event, rows) =>
      rows.append(paymentAllocations, allocation(event, event.fact.data.paymentId, event.fact.data)),
    RefundIssued: (event, rows) => {
      const { refundId, paymentId, amount, allocations, reason, bookedOn } = event.fact.data;
      const { tenantId, accountId, recordedAt } = event.metadata;
      const reopened = allocations.reduce((total, part) => total + part.amount.minor, 0n);
      rows.append(refunds, {
        tenant_id: tenantId!,
        refund_id: refundId,
        account_id: accountId!,
        payment_id: paymentId ?? null,
        amount: String(amount.minor),
        from_credit: String(amount.minor - reopened),
        currency: amount.currency,
        reason: reason ?? null,
        issued_on: bookedOn,
        recorded_at: recordedAt,
        position: event.position,
      });
      if (paymentId === undefined) return;
      for (const part of allocations) rows.append(paymentAllocations, allocation(event, paymentId, part, -1n));
    },
    PaymentReversed: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        payments,
        { tenant_id: metadata.tenantId!, payment_id: data.paymentId },
        { reversed_on: data.bookedOn },
      ),
  },
});

import type { PaymentEvent } from '#billing';
import { projection, table } from '#projection';

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

export const paymentAllocations = table({
  name: 'payment_allocations',
  columns: { tenant_id: 'text', payment_id: 'text', invoice_id: 'text', amount: 'numeric' },
  key: ['tenant_id', 'payment_id', 'invoice_id'],
  appendOnly: true,
});

export const paymentsProjection = projection<PaymentEvent>({
  name: 'payments',
  version: 1,
  tables: [payments, paymentAllocations],
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
    PaymentAllocated: ({ fact: { data }, metadata }, rows) =>
      rows.append(paymentAllocations, {
        tenant_id: metadata.tenantId!,
        payment_id: data.paymentId,
        invoice_id: data.invoiceId,
        amount: String(data.amount.minor),
      }),
    PaymentReversed: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        payments,
        { tenant_id: metadata.tenantId!, payment_id: data.paymentId },
        { reversed_on: data.bookedOn },
      ),
  },
});

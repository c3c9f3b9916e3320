import type { TransferPosted } from '#billing';
import { projection, table } from '#projection';

/** Every transfer, once: balances and trial balances on either time axis are sums over them. */
export const transfers = table({
  name: 'transfers',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    transfer_id: 'text',
    debit: 'text',
    credit: 'text',
    amount: 'numeric',
    currency: 'text',
    booked_on: 'date',
    cause_type: 'text',
    cause_id: 'text',
    rule: 'text',
    recorded_at: 'timestamptz',
    revision: 'bigint',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'transfer_id'],
  indexes: ['tenant_id, account_id, revision', 'tenant_id, booked_on'],
  appendOnly: true,
});

export const bookProjection = projection<TransferPosted>({
  name: 'book',
  version: 1,
  tables: [transfers],
  on: {
    TransferPosted: ({ fact: { data }, metadata, revision, position }, rows) =>
      rows.append(transfers, {
        tenant_id: metadata.tenantId!,
        account_id: metadata.accountId!,
        transfer_id: data.transferId,
        debit: data.debit,
        credit: data.credit,
        amount: String(data.amount.minor),
        currency: data.amount.currency,
        booked_on: data.bookedOn,
        cause_type: data.cause.type,
        cause_id: data.cause.id,
        rule: data.rule,
        recorded_at: metadata.recordedAt,
        revision: BigInt(revision),
        position,
      }),
  },
});

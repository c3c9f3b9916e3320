import type { TransferKind } from '#billing/transfer';
import type { Stored, Fact, TransferFact } from '#contracts';
import type { Money } from '#kernel';
import type { LedgerCode } from '#ledger';
import { projection, table, type Row } from '#projection';

/**
 * Every fact about a transfer, once: balances and trial balances on either time axis are sums over them. The amount of what is
 * `posted` or `post_pending` moves; `reserved` is what the fact sets aside on both sides or (below zero) gives back.
 */
export const transfers = table({
  name: 'transfers',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    transfer_id: 'text',
    kind: 'text',
    debit: 'text',
    credit: 'text',
    amount: 'numeric',
    reserved: 'numeric',
    currency: 'text',
    booked_on: 'date',
    cause_type: 'text',
    cause_id: 'text',
    rule: 'text',
    flags: 'jsonb?',
    pending_id: 'text?',
    expires_at: 'timestamptz?',
    recorded_at: 'timestamptz',
    revision: 'bigint',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'transfer_id', 'kind'],
  indexes: ['tenant_id, account_id, revision', 'tenant_id, booked_on'],
});

/** Whose pending transfer it is, for those who post or void it by its id alone. */
export const pendingTransfers = table({
  name: 'pending_transfers',
  columns: { tenant_id: 'text', transfer_id: 'text', account_id: 'text' },
  key: ['tenant_id', 'transfer_id'],
});

type TransferRow = Row<typeof transfers>;

const row = (
  event: Stored<Fact<'TransferPosted'> | TransferFact>,
  transferId: string,
  kind: TransferKind,
  told: Partial<TransferRow> = {},
): TransferRow => {
  const { fact, metadata, revision, position } = event;
  const { debit, credit, amount, bookedOn }: Sides = fact.data;
  return {
    tenant_id: metadata.tenantId!,
    account_id: metadata.accountId!,
    transfer_id: transferId,
    kind,
    debit,
    credit,
    amount: String(amount.minor),
    reserved: '0',
    currency: amount.currency,
    booked_on: bookedOn,
    cause_type: 'transfer',
    cause_id: transferId,
    rule: 'requested',
    flags: null,
    pending_id: null,
    expires_at: null,
    recorded_at: metadata.recordedAt,
    revision: BigInt(revision),
    position,
    ...told,
  };
};

interface Sides {
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly amount: Money;
  readonly bookedOn: string;
}

export const bookProjection = projection<Fact<'TransferPosted'> | TransferFact>({
  name: 'book',
  version: 2,
  tables: [transfers, pendingTransfers],
  on: {
    TransferPosted: (event, rows) => {
      const { transferId, cause, rule, flags } = event.fact.data;
      const told = { cause_type: cause.type, cause_id: cause.id, rule, flags: flags ?? null };
      rows.append(transfers, row(event, transferId, 'posted', told));
    },
    TransferPended: (event, rows) => {
      const { transferId, amount, flags, expiresAt } = event.fact.data;
      const told = { reserved: String(amount.minor), flags, expires_at: expiresAt ?? null };
      rows.append(transfers, row(event, transferId, 'pending', told));
      rows.append(pendingTransfers, {
        tenant_id: event.metadata.tenantId!,
        transfer_id: transferId,
        account_id: event.metadata.accountId!,
      });
    },
    PendingTransferPosted: (event, rows) => {
      const { transferId, pendingId, reserved, flags } = event.fact.data;
      const told = { reserved: String(-reserved.minor), pending_id: pendingId, flags };
      rows.append(transfers, row(event, transferId, 'post_pending', told));
    },
    PendingTransferVoided: (event, rows) => {
      const { transferId, pendingId, amount, flags } = event.fact.data;
      const told = { reserved: String(-amount.minor), pending_id: pendingId, flags };
      rows.append(transfers, row(event, transferId, 'void_pending', told));
    },
    PendingTransferExpired: (event, rows) => {
      const { pendingId, amount } = event.fact.data;
      const told = { reserved: String(-amount.minor), pending_id: pendingId };
      rows.append(transfers, row(event, pendingId, 'expired', told));
    },
  },
});

import type { AccountId, TenantId, TransferId } from '#kernel';
import type { TransferRecord } from '#billing/transfer';
import type { Transfer } from '#ledger';
import {
  majorUnitsSql,
  page,
  selectFrom,
  type Orders,
  type Page,
  type PageRequest,
  type TenantTransactions,
} from '#postgres';
import { recordsOf, type Row } from '#projection';
import { transfers } from './book.projection.js';
import { ledgerTotals, sidesSql, type LedgerTotals, type TotalsRow } from './ledger-totals.js';

type TransferRow = Row<typeof transfers>;

const ORDERS: Orders = {
  bookedOn: { by: 't.booked_on', type: 'date' },
  recordedAt: { by: 't.recorded_at', type: 'timestamptz' },
  amount: { by: majorUnitsSql('t.amount', 't.currency'), type: 'numeric' },
};

export class BookQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** The books of several accounts, each in alphabetical order. */
  async ofAccounts(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, LedgerTotals[]>> {
    const rows = await this.database.rows<TotalsRow & { account_id: AccountId }>(
      tenantId,
      `WITH known AS (SELECT * FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2))
       ${sidesSql('known', 'account_id')}`,
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map([...byAccount].map(([accountId, own]) => [accountId, own.map(ledgerTotals)]));
  }

  /** What billing and payments posted in the books of several accounts. */
  async transfersOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, readonly Transfer[]>> {
    const rows = await this.database.rows<TransferRow & { account_id: AccountId }>(
      tenantId,
      "SELECT * FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2) AND cause_type <> 'transfer'",
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map([...byAccount].map(([accountId, own]) => [accountId, own.map(postedTransfer)]));
  }

  async transfers(tenantId: TenantId, accountId: AccountId, request: PageRequest): Promise<Page<TransferRecord>> {
    const query = selectFrom('transfers').where('t.account_id = :accountId', { accountId });
    const { rows, ...cursors } = await page<TransferRow>(this.database, tenantId, query, 'revision', request, ORDERS);
    return { rows: rows.map(transferRecord), ...cursors };
  }

  /** Whose pending transfer it is. */
  async ownerOf(tenantId: TenantId, transferId: TransferId): Promise<AccountId | undefined> {
    const [row] = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.pending_transfers WHERE tenant_id = $1 AND transfer_id = $2',
      [tenantId, transferId],
    );
    return row?.account_id;
  }
}

const bookedTransfer = recordsOf(transfers, 'account_id', 'reserved', 'currency', 'cause_type', 'cause_id', 'flags').as<
  Omit<TransferRecord, 'cause' | 'flags' | 'revision'>
>();

const transferRecord = (row: TransferRow): TransferRecord => ({
  ...bookedTransfer(row),
  cause: { type: row.cause_type as TransferRecord['cause']['type'], id: row.cause_id },
  flags: (row.flags ?? []) as TransferRecord['flags'],
  revision: Number(row.revision),
});

const postedTransfer = (row: TransferRow): Transfer => {
  const { transferId, debit, credit, amount, bookedOn, cause, rule } = transferRecord(row);
  return { transferId, debit, credit, amount, bookedOn, cause, rule };
};

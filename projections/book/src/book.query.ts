import {
  money,
  type AccountId,
  type Instant,
  type LocalDate,
  type Money,
  type TenantId,
  type TransferId,
} from '#kernel';
import type { TransferRecord } from '#billing';
import type { LedgerCode, Transfer } from '#ledger';
import {
  majorUnitsSql,
  page,
  selectFrom,
  type Orders,
  type Page,
  type PageRequest,
  type TenantTransactions,
} from '#postgres';
import type { Row } from '#projection';
import type { transfers } from './book.projection.js';

type TransferRow = Row<typeof transfers>;

interface TotalsRow {
  readonly code: LedgerCode;
  readonly currency: string;
  readonly debits: string;
  readonly credits: string;
  readonly debits_pending: string;
  readonly credits_pending: string;
}

export interface LedgerTotals {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
  readonly debitsPending: Money;
  readonly creditsPending: Money;
}

/** One account's, or those of all that are no test accounts. */
const WHOSE = `($2::text IS NULL OR account_id = $2) AND
            ($2::text IS NOT NULL OR account_id NOT IN (SELECT account_id FROM read.test_accounts WHERE tenant_id = $1))`;

/** Up to when: recorded at or before a position, booked on or before a day. */
export interface BookCut {
  readonly position?: bigint;
  readonly recordedAt?: Instant;
  readonly bookedOn?: LocalDate;
}

/** Of a fact, what moves: pending ones, and those that give back, move nothing. */
const POSTED = `CASE WHEN kind IN ('posted', 'post_pending') THEN amount ELSE 0 END`;

/** Both sides of every fact that \`source\` selects, summed. */
const sides = (source: string, by: string): string => `
  SELECT ${by}, code, currency, sum(debits) AS debits, sum(credits) AS credits,
         sum(debits_pending) AS debits_pending, sum(credits_pending) AS credits_pending
    FROM (SELECT ${by}, debit AS code, currency, ${POSTED} AS debits, 0 AS credits,
                 reserved AS debits_pending, 0 AS credits_pending FROM ${source}
          UNION ALL
          SELECT ${by}, credit, currency, 0, ${POSTED}, 0, reserved FROM ${source}) AS sides
   GROUP BY ${by}, code, currency ORDER BY ${by}, currency, code`;

const ORDERS: Orders = {
  bookedOn: { by: 't.booked_on', type: 'date' },
  recordedAt: { by: 't.recorded_at', type: 'timestamptz' },
  amount: { by: majorUnitsSql('t.amount', 't.currency'), type: 'numeric' },
};

/** Balances are sums over transfers, so each of them can be told as of any moment on either time axis. */
export class BookQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Each side of each ledger account, of one account's book or of the whole tenant. */
  async totals(tenantId: TenantId, cut: BookCut, accountId?: AccountId): Promise<LedgerTotals[]> {
    const rows = await this.database.rows<TotalsRow>(
      tenantId,
      `WITH known AS (
         SELECT tenant_id, kind, debit, credit, amount, reserved, currency FROM read.transfers
          WHERE tenant_id = $1 AND ${WHOSE} AND ($3::bigint IS NULL OR position <= $3)
            AND ($4::timestamptz IS NULL OR recorded_at <= $4) AND ($5::date IS NULL OR booked_on <= $5))
       ${sides('known', 'tenant_id')}`,
      [tenantId, accountId ?? null, cut.position ?? null, cut.recordedAt ?? null, cut.bookedOn ?? null],
    );
    return rows.map(ledgerTotals);
  }

  /** The books of several accounts, each in alphabetical order. */
  async ofAccounts(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, LedgerTotals[]>> {
    const rows = await this.database.rows<TotalsRow & { account_id: AccountId }>(
      tenantId,
      `WITH known AS (SELECT * FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2))
       ${sides('known', 'account_id')}`,
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

const ledgerTotals = (row: TotalsRow): LedgerTotals => {
  const amount = (minor: string): Money => money(BigInt(minor), row.currency);
  return {
    code: row.code,
    debits: amount(row.debits),
    credits: amount(row.credits),
    debitsPending: amount(row.debits_pending),
    creditsPending: amount(row.credits_pending),
  };
};

const transferRecord = (row: TransferRow): TransferRecord => ({
  transferId: row.transfer_id as TransferId,
  kind: row.kind as TransferRecord['kind'],
  debit: row.debit as LedgerCode,
  credit: row.credit as LedgerCode,
  amount: money(BigInt(row.amount), row.currency),
  bookedOn: row.booked_on as LocalDate,
  cause: { type: row.cause_type as TransferRecord['cause']['type'], id: row.cause_id },
  rule: row.rule,
  flags: (row.flags ?? []) as TransferRecord['flags'],
  pendingId: row.pending_id as TransferId | null,
  expiresAt: row.expires_at as Instant | null,
  recordedAt: row.recorded_at as Instant,
  revision: Number(row.revision),
});

const postedTransfer = (row: TransferRow): Transfer => {
  const { transferId, debit, credit, amount, bookedOn, cause, rule } = transferRecord(row);
  return { transferId, debit, credit, amount, bookedOn, cause, rule };
};

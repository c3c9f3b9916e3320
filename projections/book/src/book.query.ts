import {
  money,
  type AccountId,
  type Instant,
  type LocalDate,
  type Money,
  type TenantId,
  type TransferId,
} from '#kernel';
import type { LedgerCode, Transfer } from '#ledger';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { transfers } from './book.projection.js';

type TransferRow = Row<typeof transfers>;

interface TotalsRow {
  readonly code: LedgerCode;
  readonly currency: string;
  readonly debits: string;
  readonly credits: string;
}

export interface LedgerTotals {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
}

/** Up to when: recorded at or before a position, booked on or before a day. */
export interface BookCut {
  readonly position?: bigint;
  readonly recordedAt?: Instant;
  readonly bookedOn?: LocalDate;
}

export interface PostedTransfer extends Transfer {
  readonly recordedAt: Instant;
  readonly revision: number;
}

/** Balances are sums over transfers, so each of them can be told as of any moment on either time axis. */
export class BookQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Each side of each ledger account, of one account's book or of the whole tenant. */
  async totals(tenantId: TenantId, cut: BookCut, accountId?: AccountId): Promise<LedgerTotals[]> {
    const rows = await this.database.rows<TotalsRow>(
      tenantId,
      `WITH posted AS (
         SELECT debit, credit, amount, currency FROM read.transfers
          WHERE tenant_id = $1 AND ($2::text IS NULL OR account_id = $2) AND ($3::bigint IS NULL OR position <= $3)
            AND ($4::timestamptz IS NULL OR recorded_at <= $4) AND ($5::date IS NULL OR booked_on <= $5))
       SELECT code, currency, sum(debits) AS debits, sum(credits) AS credits
         FROM (SELECT debit AS code, currency, amount AS debits, 0 AS credits FROM posted
               UNION ALL
               SELECT credit, currency, 0, amount FROM posted) AS sides
        GROUP BY code, currency ORDER BY currency, code`,
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
      `SELECT account_id, code, currency, sum(debits) AS debits, sum(credits) AS credits
         FROM (SELECT account_id, debit AS code, currency, amount AS debits, 0 AS credits
                 FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2)
               UNION ALL
               SELECT account_id, credit, currency, 0, amount
                 FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2)) AS sides
        GROUP BY account_id, code, currency ORDER BY account_id, currency, code`,
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map([...byAccount].map(([accountId, own]) => [accountId, own.map(ledgerTotals)]));
  }

  /** All transfers of several accounts. */
  async transfersOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, readonly Transfer[]>> {
    const rows = await this.database.rows<TransferRow & { account_id: AccountId }>(
      tenantId,
      'SELECT * FROM read.transfers WHERE tenant_id = $1 AND account_id = ANY($2)',
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map([...byAccount].map(([accountId, own]) => [accountId, own.map(transfer)]));
  }

  async transfers(tenantId: TenantId, accountId: AccountId, request: PageRequest): Promise<Page<PostedTransfer>> {
    const query = selectFrom('transfers').where('t.account_id = :accountId', { accountId });
    const { rows, ...cursors } = await page<TransferRow>(this.database, tenantId, query, 'revision', request);
    return { rows: rows.map(postedTransfer), ...cursors };
  }
}

const ledgerTotals = ({ code, currency, debits, credits }: TotalsRow): LedgerTotals => ({
  code,
  debits: money(BigInt(debits), currency),
  credits: money(BigInt(credits), currency),
});

const transfer = (row: TransferRow): Transfer => ({
  transferId: row.transfer_id as TransferId,
  debit: row.debit as LedgerCode,
  credit: row.credit as LedgerCode,
  amount: money(BigInt(row.amount), row.currency),
  bookedOn: row.booked_on as LocalDate,
  cause: { type: row.cause_type as Transfer['cause']['type'], id: row.cause_id },
  rule: row.rule,
});

const postedTransfer = (row: TransferRow): PostedTransfer => ({
  ...transfer(row),
  recordedAt: row.recorded_at as Instant,
  revision: Number(row.revision),
});

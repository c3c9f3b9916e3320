import { money, type AccountId, type Instant, type LocalDate, type Money, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';

/** Disjoint, by days past the due date; what is due today is current. */
export const AGING_BUCKETS = ['current', 'days1to30', 'days31to60', 'days61to90', 'over90'] as const;
export type AgingBucket = (typeof AGING_BUCKETS)[number];

export interface AgedAccount {
  readonly accountId: AccountId;
  readonly currency: string;
  readonly buckets: Readonly<Record<AgingBucket, Money>>;
}

export interface AgingRequest {
  /** The day to which receivables are aged. */
  readonly at: LocalDate;
  readonly position?: bigint;
  readonly recordedAt?: Instant;
}

const AGED = `
WITH outstanding AS (
  SELECT m.invoice_id, sum(m.amount) AS amount
    FROM read.ar_movements AS m
   WHERE m.tenant_id = $1 AND m.booked_on <= $2
     AND ($3::bigint IS NULL OR m.position <= $3) AND ($4::timestamptz IS NULL OR m.recorded_at <= $4)
   GROUP BY m.invoice_id HAVING sum(m.amount) <> 0
), aged AS (
  SELECT i.account_id, i.currency, o.amount, $2::date - i.due_on AS days
    FROM outstanding AS o JOIN read.ar_invoices AS i ON i.tenant_id = $1 AND i.invoice_id = o.invoice_id
)
SELECT account_id, currency,
       coalesce(sum(amount) FILTER (WHERE days <= 0), 0) AS current,
       coalesce(sum(amount) FILTER (WHERE days BETWEEN 1 AND 30), 0) AS days1to30,
       coalesce(sum(amount) FILTER (WHERE days BETWEEN 31 AND 60), 0) AS days31to60,
       coalesce(sum(amount) FILTER (WHERE days BETWEEN 61 AND 90), 0) AS days61to90,
       coalesce(sum(amount) FILTER (WHERE days > 90), 0) AS over90
  FROM aged GROUP BY account_id, currency ORDER BY currency, account_id`;

export class ArAgingQuery {
  constructor(private readonly database: TenantTransactions) {}

  async accounts(tenantId: TenantId, { at, position, recordedAt }: AgingRequest): Promise<AgedAccount[]> {
    const rows = await this.database.rows<Record<AgingBucket, string> & { account_id: AccountId; currency: string }>(
      tenantId,
      AGED,
      [tenantId, at, position ?? null, recordedAt ?? null],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      currency: row.currency,
      buckets: Object.fromEntries(
        AGING_BUCKETS.map((bucket) => [bucket, money(BigInt(row[bucket.toLowerCase() as AgingBucket]), row.currency)]),
      ) as AgedAccount['buckets'],
    }));
  }

  /** What is owed per invoice, and by when, as far as anything is. */
  async outstandingOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<
    ReadonlyMap<AccountId, readonly (readonly [string, { readonly amount: Money; readonly dueOn: LocalDate }])[]>
  > {
    const rows = await this.database.rows<{
      account_id: AccountId;
      invoice_id: string;
      currency: string;
      due_on: LocalDate;
      amount: string;
    }>(
      tenantId,
      `SELECT i.account_id, i.invoice_id, i.currency, i.due_on, sum(m.amount) AS amount
         FROM read.ar_invoices AS i JOIN read.ar_movements AS m USING (tenant_id, invoice_id)
        WHERE i.tenant_id = $1 AND i.account_id = ANY($2)
        GROUP BY i.account_id, i.invoice_id, i.currency, i.due_on HAVING sum(m.amount) <> 0`,
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map(
      [...byAccount].map(([accountId, own]) => [
        accountId,
        own.map(
          ({ invoice_id: invoiceId, currency, due_on: dueOn, amount }) =>
            [invoiceId, { amount: money(BigInt(amount), currency), dueOn }] as const,
        ),
      ]),
    );
  }
}

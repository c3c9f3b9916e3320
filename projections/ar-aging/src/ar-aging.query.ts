import { AGING_BUCKETS, agedBalances, agingBucket, type AgingBucketName } from '#analytics';
import {
  daysBetween,
  money,
  type AccountId,
  type Instant,
  type InvoiceId,
  type LocalDate,
  type Money,
  type TenantId,
} from '#kernel';
import type { TenantTransactions } from '#postgres';
import { reported } from '#projection';

export interface AgedAccount {
  readonly accountId: AccountId;
  readonly currency: string;
  readonly buckets: Readonly<Record<AgingBucketName, Money>>;
  /** What the customer has to its credit and no invoice has used. */
  readonly unappliedCredit: Money;
  /** What the buckets are of, the oldest first. */
  readonly invoices: readonly AgedInvoice[];
}

export interface AgedInvoice {
  readonly invoiceId: InvoiceId;
  readonly dueOn: LocalDate;
  /** Below nought while it is not due. */
  readonly daysPastDue: number;
  readonly bucket: AgingBucketName;
  readonly amount: Money;
}

export interface AgingRequest {
  /** The day to which receivables are aged. */
  readonly at: LocalDate;
  readonly position?: bigint;
  readonly recordedAt?: Instant;
}

/** What is outstanding of each invoice on a day, and what each account has to its credit: rows without an invoice. */
const OUTSTANDING = `
WITH outstanding AS (
  SELECT m.invoice_id, sum(m.amount) AS amount
    FROM ${reported('ar_movements')} AS m
   WHERE m.tenant_id = $1 AND m.booked_on <= $2
     AND ($3::bigint IS NULL OR m.position <= $3) AND ($4::timestamptz IS NULL OR m.recorded_at <= $4)
   GROUP BY m.invoice_id HAVING sum(m.amount) <> 0
)
SELECT i.account_id, i.currency, o.amount, i.invoice_id, i.due_on
  FROM outstanding AS o JOIN ${reported('ar_invoices')} AS i ON i.tenant_id = $1 AND i.invoice_id = o.invoice_id
 UNION ALL
SELECT c.account_id, c.currency, sum(c.amount), NULL, NULL
  FROM ${reported('credit_movements')} AS c
 WHERE c.tenant_id = $1 AND c.booked_on <= $2
   AND ($3::bigint IS NULL OR c.position <= $3) AND ($4::timestamptz IS NULL OR c.recorded_at <= $4)
 GROUP BY c.account_id, c.currency HAVING sum(c.amount) <> 0
 ORDER BY currency, account_id, due_on, invoice_id`;

interface OutstandingRow {
  readonly account_id: AccountId;
  readonly currency: string;
  readonly amount: string;
  /** Null where it is credit. */
  readonly invoice_id: InvoiceId | null;
  readonly due_on: LocalDate | null;
}

export class ArAgingQuery {
  constructor(private readonly database: TenantTransactions) {}

  async accounts(tenantId: TenantId, { at, position, recordedAt }: AgingRequest): Promise<AgedAccount[]> {
    const values = [tenantId, at, position ?? null, recordedAt ?? null];
    const rows = await this.database.rows<OutstandingRow>(tenantId, OUTSTANDING, values);
    const byAccount = Map.groupBy(rows, (row) => `${row.currency} ${row.account_id}`);
    return [...byAccount.values()].map((own) => agedAccount(own, at));
  }
}

const agedAccount = (rows: readonly OutstandingRow[], at: LocalDate): AgedAccount => {
  const { account_id: accountId, currency } = rows[0]!;
  const invoices = rows.filter(({ invoice_id: invoiceId }) => invoiceId !== null).map((row) => agedInvoice(row, at));
  const credit = rows.find(({ invoice_id: invoiceId }) => invoiceId === null);
  const aged = agedBalances(
    invoices.map(({ dueOn, amount }) => ({ date: dueOn, amount: amount.minor })),
    at,
    AGING_BUCKETS,
  );
  const buckets = [...aged].map(([name, minor]) => [name, money(minor, currency)] as const);
  return {
    accountId,
    currency,
    buckets: Object.fromEntries(buckets) as AgedAccount['buckets'],
    unappliedCredit: money(BigInt(credit?.amount ?? 0), currency),
    invoices,
  };
};

const agedInvoice = ({ invoice_id, due_on, amount, currency }: OutstandingRow, at: LocalDate): AgedInvoice => {
  const daysPastDue = daysBetween(due_on!, at);
  return {
    invoiceId: invoice_id!,
    dueOn: due_on!,
    daysPastDue,
    bucket: agingBucket(daysPastDue, AGING_BUCKETS),
    amount: money(BigInt(amount), currency),
  };
};

import { AGING_BUCKETS, agingBounds, type AgingBucketName } from '#analytics';
import {
  money,
  sum,
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

/** Days past due are sorted into buckets by the first days of the buckets ($5): `width_bucket` counts those that are reached. */
const AGED = `
WITH outstanding AS (
  SELECT m.invoice_id, sum(m.amount) AS amount
    FROM ${reported('ar_movements')} AS m
   WHERE m.tenant_id = $1 AND m.booked_on <= $2
     AND ($3::bigint IS NULL OR m.position <= $3) AND ($4::timestamptz IS NULL OR m.recorded_at <= $4)
   GROUP BY m.invoice_id HAVING sum(m.amount) <> 0
), aged AS (
  SELECT i.account_id, i.currency, i.invoice_id, i.due_on, $2::date - i.due_on AS days, o.amount,
         width_bucket($2::date - i.due_on, $5::int[]) AS bucket
    FROM outstanding AS o JOIN ${reported('ar_invoices')} AS i ON i.tenant_id = $1 AND i.invoice_id = o.invoice_id
)
SELECT account_id, currency, bucket, amount, invoice_id, due_on, days FROM aged
 UNION ALL
SELECT c.account_id, c.currency, -1, sum(c.amount), NULL, NULL, NULL
  FROM ${reported('credit_movements')} AS c
 WHERE c.tenant_id = $1 AND c.booked_on <= $2
   AND ($3::bigint IS NULL OR c.position <= $3) AND ($4::timestamptz IS NULL OR c.recorded_at <= $4)
 GROUP BY c.account_id, c.currency HAVING sum(c.amount) <> 0
 ORDER BY currency, account_id, due_on, invoice_id`;

/** Unapplied credit stands apart from the buckets, of which the first is 0. */
const UNAPPLIED = -1;

interface AgedRow {
  readonly account_id: AccountId;
  readonly currency: string;
  readonly bucket: number;
  readonly amount: string;
  /** Null where it is credit. */
  readonly invoice_id: InvoiceId | null;
  readonly due_on: LocalDate | null;
  readonly days: number | null;
}

export class ArAgingQuery {
  constructor(private readonly database: TenantTransactions) {}

  async accounts(tenantId: TenantId, { at, position, recordedAt }: AgingRequest): Promise<AgedAccount[]> {
    const rows = await this.database.rows<AgedRow>(tenantId, AGED, [
      tenantId,
      at,
      position ?? null,
      recordedAt ?? null,
      agingBounds(AGING_BUCKETS),
    ]);
    return [...Map.groupBy(rows, (row) => `${row.currency} ${row.account_id}`).values()].map(agedAccount);
  }
}

const agedAccount = (rows: readonly AgedRow[]): AgedAccount => {
  const { account_id: accountId, currency } = rows[0]!;
  const amountIn = (bucket: number): Money =>
    sum(
      rows.filter((row) => row.bucket === bucket).map(({ amount }) => money(BigInt(amount), currency)),
      currency,
    );
  const buckets = AGING_BUCKETS.map(({ name }, index) => [name, amountIn(index)]);
  return {
    accountId,
    currency,
    buckets: Object.fromEntries(buckets) as AgedAccount['buckets'],
    unappliedCredit: amountIn(UNAPPLIED),
    invoices: rows.filter(({ bucket }) => bucket !== UNAPPLIED).map(agedInvoice),
  };
};

const agedInvoice = ({
  invoice_id: invoiceId,
  due_on: dueOn,
  days,
  bucket,
  amount,
  currency,
}: AgedRow): AgedInvoice => ({
  invoiceId: invoiceId!,
  dueOn: dueOn!,
  daysPastDue: Number(days),
  bucket: AGING_BUCKETS[bucket]!.name,
  amount: money(BigInt(amount), currency),
});

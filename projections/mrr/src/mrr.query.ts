import { MOVEMENT_KINDS, movementKind, type MovementKind, type MovementSigns } from '#analytics';
import { Decimal, type Instant, type TenantId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';

export interface MrrPoint {
  readonly currency: string;
  /** Beginning of the interval that the movements are of; the MRR is that at its end. */
  readonly at: Instant;
  readonly mrr: Decimal;
  readonly movements: Readonly<Record<MovementKind, Decimal>>;
}

export interface MrrRequest {
  /** Half-open intervals: each from one instant to the next. */
  readonly boundaries: readonly Instant[];
  readonly position?: bigint;
  readonly recordedAt?: Instant;
}

/**
 * Per account and instant: what it had before and after, and whether it ever had anything. Changes that look alike so far are
 * one sum, so that what kind of movement they are is asked of the rule that knows it, once for each of a handful of rows.
 */
const POINTS = `
WITH known AS (
  SELECT account_id, currency, effective_at, sum(amount) AS delta
    FROM read.mrr_movements
   WHERE tenant_id = $1 AND ($3::bigint IS NULL OR position <= $3) AND ($4::timestamptz IS NULL OR recorded_at <= $4)
     AND effective_at < ($2::timestamptz[])[array_length($2, 1)]
     AND account_id NOT IN (SELECT account_id FROM read.test_accounts WHERE tenant_id = $1)
   GROUP BY account_id, currency, effective_at
), running AS (
  SELECT *, sum(delta) OVER w AS after, sum(delta) OVER w - delta AS before,
         max(CASE WHEN delta > 0 THEN 1 ELSE 0 END) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS had
    FROM known WINDOW w AS (PARTITION BY account_id, currency ORDER BY effective_at)
), signed AS (
  SELECT currency, effective_at, delta, before > 0 AS had_mrr, after > 0 AS has_mrr, sign(delta)::int AS change,
         coalesce(had, 0) = 1 AS was_customer
    FROM running
), intervals AS (
  SELECT ($2::timestamptz[])[i] AS begins, ($2::timestamptz[])[i + 1] AS ends FROM generate_series(1, array_length($2, 1) - 1) AS i
)
SELECT currencies.currency, i.begins, s.had_mrr, s.has_mrr, s.change, s.was_customer,
       coalesce(sum(s.delta), 0) AS mrr,
       coalesce(sum(s.delta) FILTER (WHERE s.effective_at >= i.begins), 0) AS moved
  FROM (SELECT DISTINCT currency FROM signed) AS currencies
 CROSS JOIN intervals AS i
  LEFT JOIN signed AS s ON s.currency = currencies.currency AND s.effective_at < i.ends
 GROUP BY currencies.currency, i.begins, s.had_mrr, s.has_mrr, s.change, s.was_customer
 ORDER BY currencies.currency, i.begins`;

interface SignedRow {
  readonly currency: string;
  readonly begins: Instant;
  readonly had_mrr: boolean;
  readonly has_mrr: boolean;
  /** Null where nothing had happened yet. */
  readonly change: MovementSigns['change'] | null;
  readonly was_customer: boolean;
  readonly mrr: string;
  readonly moved: string;
}

export class MrrQuery {
  constructor(private readonly database: TenantTransactions) {}

  async points(tenantId: TenantId, { boundaries, position, recordedAt }: MrrRequest): Promise<MrrPoint[]> {
    const rows = await this.database.rows<SignedRow>(tenantId, POINTS, [
      tenantId,
      boundaries,
      position ?? null,
      recordedAt ?? null,
    ]);
    return [...Map.groupBy(rows, ({ currency, begins }) => `${currency} ${begins}`).values()].map(pointOf);
  }
}

/** Of all tenants together, by currency. */
export const installationMrr = async (
  pool: Pool,
  at: Instant,
): Promise<{ readonly currency: string; readonly mrr: Decimal }[]> => {
  const { rows } = await pool.query<{ currency: string; mrr: string }>(
    `SELECT currency, sum(amount) AS mrr FROM read.mrr_movements
      WHERE effective_at <= $1 AND (tenant_id, account_id) NOT IN (SELECT tenant_id, account_id FROM read.test_accounts)
      GROUP BY currency`,
    [at],
  );
  return rows.map(({ currency, mrr }) => ({ currency, mrr: Decimal.parse(mrr) }));
};

const pointOf = (rows: readonly SignedRow[]): MrrPoint => {
  const movements = Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, Decimal.zero])) as Record<
    MovementKind,
    Decimal
  >;
  let mrr = Decimal.zero;
  for (const row of rows) {
    mrr = mrr.plus(Decimal.parse(row.mrr));
    const kind = row.change === null ? null : movementKind(signsOf(row, row.change));
    if (kind !== null) movements[kind] = movements[kind].plus(Decimal.parse(row.moved));
  }
  return { currency: rows[0]!.currency, at: rows[0]!.begins, mrr, movements };
};

const signsOf = (row: SignedRow, change: MovementSigns['change']): MovementSigns => ({
  hadMrr: row.had_mrr,
  hasMrr: row.has_mrr,
  change,
  wasCustomer: row.was_customer,
});

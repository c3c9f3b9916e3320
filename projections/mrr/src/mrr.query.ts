import { Decimal, type Instant, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';

export type MovementKind = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';

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
 * Per account and instant: what it had before and after says what kind of movement it is. An account that comes back
 * from nothing was there before if it ever had anything.
 */
const POINTS = `
WITH known AS (
  SELECT account_id, currency, effective_at, sum(amount) AS delta
    FROM read.mrr_movements
   WHERE tenant_id = $1 AND ($3::bigint IS NULL OR position <= $3) AND ($4::timestamptz IS NULL OR recorded_at <= $4)
     AND effective_at < ($2::timestamptz[])[array_length($2, 1)]
   GROUP BY account_id, currency, effective_at
), running AS (
  SELECT *, sum(delta) OVER w AS after, sum(delta) OVER w - delta AS before,
         max(CASE WHEN delta > 0 THEN 1 ELSE 0 END) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS had
    FROM known WINDOW w AS (PARTITION BY account_id, currency ORDER BY effective_at)
), classified AS (
  SELECT currency, effective_at, delta,
         CASE WHEN before = 0 AND after > 0 AND coalesce(had, 0) = 0 THEN 'new'
              WHEN before = 0 AND after > 0 THEN 'reactivation'
              WHEN after = 0 AND before > 0 THEN 'churn'
              WHEN delta > 0 THEN 'expansion'
              WHEN delta < 0 THEN 'contraction' END AS kind
    FROM running
), intervals AS (
  SELECT ($2::timestamptz[])[i] AS begins, ($2::timestamptz[])[i + 1] AS ends FROM generate_series(1, array_length($2, 1) - 1) AS i
)
SELECT currencies.currency, i.begins,
       coalesce(sum(c.delta), 0) AS mrr,
       coalesce(sum(c.delta) FILTER (WHERE c.kind = 'new' AND c.effective_at >= i.begins), 0) AS new,
       coalesce(sum(c.delta) FILTER (WHERE c.kind = 'expansion' AND c.effective_at >= i.begins), 0) AS expansion,
       coalesce(sum(c.delta) FILTER (WHERE c.kind = 'contraction' AND c.effective_at >= i.begins), 0) AS contraction,
       coalesce(sum(c.delta) FILTER (WHERE c.kind = 'churn' AND c.effective_at >= i.begins), 0) AS churn,
       coalesce(sum(c.delta) FILTER (WHERE c.kind = 'reactivation' AND c.effective_at >= i.begins), 0) AS reactivation
  FROM (SELECT DISTINCT currency FROM classified) AS currencies
 CROSS JOIN intervals AS i
  LEFT JOIN classified AS c ON c.currency = currencies.currency AND c.effective_at < i.ends
 GROUP BY currencies.currency, i.begins
 ORDER BY currencies.currency, i.begins`;

export class MrrQuery {
  constructor(private readonly database: TenantTransactions) {}

  async points(tenantId: TenantId, { boundaries, position, recordedAt }: MrrRequest): Promise<MrrPoint[]> {
    const rows = await this.database.rows<Record<MovementKind | 'mrr', string> & { currency: string; begins: Instant }>(
      tenantId,
      POINTS,
      [tenantId, boundaries, position ?? null, recordedAt ?? null],
    );
    return rows.map((row) => ({
      currency: row.currency,
      at: row.begins,
      mrr: Decimal.parse(row.mrr),
      movements: {
        new: Decimal.parse(row.new),
        expansion: Decimal.parse(row.expansion),
        contraction: Decimal.parse(row.contraction),
        churn: Decimal.parse(row.churn),
        reactivation: Decimal.parse(row.reactivation),
      },
    }));
  }
}

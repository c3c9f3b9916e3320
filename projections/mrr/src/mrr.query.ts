import { movementKind, movementTotals, type Movement, type MovementKind, type MovementSigns } from '#analytics';
import { Decimal, type AccountId, type Instant, type SubscriptionId, type TenantId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';
import { reported } from '#projection';

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
    FROM ${reported('mrr_movements')} AS m
   WHERE tenant_id = $1 AND ($3::bigint IS NULL OR position <= $3) AND ($4::timestamptz IS NULL OR recorded_at <= $4)
     AND effective_at < ($2::timestamptz[])[array_length($2, 1)]
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

/** Each change by itself, with the kind that all those of its account and moment are together; plans as the timeline has them by now. */
const MOVEMENTS = `
WITH known AS (
  SELECT * FROM ${reported('mrr_movements')} AS m
   WHERE tenant_id = $1 AND ($4::bigint IS NULL OR position <= $4) AND ($5::timestamptz IS NULL OR recorded_at <= $5)
     AND effective_at < $3
), summed AS (
  SELECT account_id, currency, effective_at, sum(amount) AS delta FROM known GROUP BY account_id, currency, effective_at
), running AS (
  SELECT *, sum(delta) OVER w AS after, sum(delta) OVER w - delta AS before,
         max(CASE WHEN delta > 0 THEN 1 ELSE 0 END) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS had
    FROM summed WINDOW w AS (PARTITION BY account_id, currency ORDER BY effective_at)
)
SELECT m.account_id, m.subscription_id, m.currency, m.effective_at, m.amount, m.cause, m.command, m.actor_type, m.actor_id,
       m.reason, m.recorded_at, r.before > 0 AS had_mrr, r.after > 0 AS has_mrr, sign(r.delta)::int AS change,
       coalesce(r.had, 0) = 1 AS was_customer,
       CASE WHEN s.activated_at < m.effective_at THEN coalesce((SELECT g ->> 'plan' FROM jsonb_array_elements(s.segments) AS g
         WHERE (g ->> 'from')::timestamptz < m.effective_at ORDER BY (g ->> 'from')::timestamptz DESC LIMIT 1), s.plan) END AS plan_before,
       CASE WHEN s.ends_at IS NULL OR s.ends_at > m.effective_at THEN coalesce((SELECT g ->> 'plan' FROM jsonb_array_elements(s.segments) AS g
         WHERE (g ->> 'from')::timestamptz <= m.effective_at ORDER BY (g ->> 'from')::timestamptz DESC LIMIT 1), s.plan) END AS plan_after
  FROM known AS m
  JOIN running AS r ON r.account_id = m.account_id AND r.currency = m.currency AND r.effective_at = m.effective_at
  LEFT JOIN read.subscriptions AS s ON s.tenant_id = $1 AND s.subscription_id = m.subscription_id
 WHERE m.effective_at >= $2 AND m.amount <> 0 AND ($6::text IS NULL OR m.account_id = $6)
   AND ($7::text IS NULL OR m.currency = $7)
 ORDER BY m.effective_at, m.position, m.subscription_id LIMIT $8`;

export interface MrrMovement {
  readonly at: Instant;
  readonly kind: MovementKind;
  readonly amount: Decimal;
  readonly currency: string;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly planBefore: string | null;
  readonly planAfter: string | null;
  readonly cause: string;
  readonly command: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  readonly reason: string | null;
  readonly recordedAt: Instant;
}

export interface MrrMovementsRequest {
  readonly from: Instant;
  readonly to: Instant;
  readonly position?: bigint;
  readonly recordedAt?: Instant;
  readonly accountId?: AccountId;
  readonly currency?: string;
  readonly limit: number;
}

interface MovementRow extends Pick<SignedRow, 'currency' | 'had_mrr' | 'has_mrr' | 'was_customer'> {
  readonly account_id: AccountId;
  readonly subscription_id: SubscriptionId;
  readonly effective_at: Instant;
  readonly amount: string;
  readonly cause: string;
  readonly command: string | null;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly reason: string | null;
  readonly recorded_at: Instant;
  readonly change: MovementSigns['change'];
  readonly plan_before: string | null;
  readonly plan_after: string | null;
}

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

  /** What the movements of the report are made of, in the order in which they count. */
  async movements(tenantId: TenantId, request: MrrMovementsRequest): Promise<MrrMovement[]> {
    const { from, to, position, recordedAt, accountId, currency, limit } = request;
    const values = [
      tenantId,
      from,
      to,
      position ?? null,
      recordedAt ?? null,
      accountId ?? null,
      currency ?? null,
      limit,
    ];
    return (await this.database.rows<MovementRow>(tenantId, MOVEMENTS, values)).flatMap(movementOf);
  }
}

const movementOf = (row: MovementRow): MrrMovement[] => {
  // Changes that make up for each other at one moment are no movement of their account.
  const kind = movementKind(signsOf(row, row.change));
  if (kind === null) return [];
  return [
    {
      at: row.effective_at,
      kind,
      amount: Decimal.parse(row.amount),
      currency: row.currency,
      accountId: row.account_id,
      subscriptionId: row.subscription_id,
      planBefore: row.plan_before,
      planAfter: row.plan_after,
      cause: row.cause,
      command: row.command,
      actor: { type: row.actor_type, id: row.actor_id },
      reason: row.reason,
      recordedAt: row.recorded_at,
    },
  ];
};

/** Of all live tenants together, by currency. */
export const installationMrr = async (
  pool: Pool,
  at: Instant,
): Promise<{ readonly currency: string; readonly mrr: Decimal }[]> => {
  const { rows } = await pool.query<{ currency: string; mrr: string }>(
    `SELECT currency, sum(amount) AS mrr FROM ${reported('mrr_movements')} AS m
      WHERE effective_at <= $1
        AND tenant_id NOT IN (SELECT tenant_id FROM read.tenants WHERE test_clock_id IS NOT NULL)
      GROUP BY currency`,
    [at],
  );
  return rows.map(({ currency, mrr }) => ({ currency, mrr: Decimal.parse(mrr) }));
};

const pointOf = (rows: readonly SignedRow[]): MrrPoint => ({
  currency: rows[0]!.currency,
  at: rows[0]!.begins,
  mrr: rows.reduce((total, { mrr }) => total.plus(Decimal.parse(mrr)), Decimal.zero),
  movements: movementTotals(rows.flatMap(movedIn)),
});

const movedIn = (row: SignedRow): Movement[] => {
  const kind = row.change === null ? null : movementKind(signsOf(row, row.change));
  return kind === null ? [] : [{ kind, amount: Decimal.parse(row.moved) }];
};

const signsOf = (
  row: Pick<SignedRow, 'had_mrr' | 'has_mrr' | 'was_customer'>,
  change: MovementSigns['change'],
): MovementSigns => ({
  hadMrr: row.had_mrr,
  hasMrr: row.has_mrr,
  change,
  wasCustomer: row.was_customer,
});

import type { AccountId, Instant, TenantId } from '#kernel';
import type { Pool } from '#postgres';

/** An account and the next month to book of it. */
export interface UnbookedMonth {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly month: string;
}

export interface UnbookedPage {
  readonly now: Instant;
  /** Of accounts that live by a test clock, which says what time it is for them; or of all others. */
  readonly byTestClock: boolean;
  readonly after: UnbookedMonth | null;
  readonly limit: number;
}

/** What is invoiced in these days of a month and was served before is of the month before. */
const DAYS_OPEN = `interval '3 days'`;

/**
 * From when on a subscription is served, and until when, by month. One that was entered for a time before is served from then on: what was before counts with its
 * invoice. Test clocks go by their own time.
 */
const SERVED = `
  SELECT min(to_char(CASE WHEN a.clock_id IS NULL THEN greatest(s.activated_at, s.created_at) ELSE s.activated_at END, 'YYYY-MM')) AS first,
         max(coalesce(to_char(s.ends_at, 'YYYY-MM'), '9999-12')) AS last
    FROM read.subscriptions AS s
   WHERE s.tenant_id = a.tenant_id AND s.account_id = a.account_id AND s.activated_at IS NOT NULL`;

/** What falls due until a month may be booked is billed first, unless it was refused, or does not get less. */
const BILLED_FIRST = `
  SELECT FROM read.timers AS t
    LEFT JOIN ops.timer_claims AS c ON c.tenant_id = t.tenant_id AND c.owner = t.owner AND c.timer_key = t.timer_key
   WHERE t.tenant_id = a.tenant_id AND t.account_id = a.account_id
     AND t.due_at < (next.month || '-01')::timestamptz + interval '1 month' + ${DAYS_OPEN}
     AND (t.timer_key LIKE 'finalize:%' OR (t.timer_key LIKE 'bill:%' AND a.policy ->> 'billing' = 'automatic'))
     AND c.failure IS NULL AND coalesce(c.repeats, 0) = 0`;

/**
 * Accounts of which a month is over and not booked, in the order of tenant and account. That is the month after the last one that is booked, as long as something is
 * served or accrued; else the next of which anything is told.
 */
const UNBOOKED = `
WITH a AS (
  SELECT o.tenant_id, o.account_id, n.policy, k.clock_id,
         to_char(date_trunc('month', coalesce(k.shows, $1) AT TIME ZONE 'UTC' - ${DAYS_OPEN}) - interval '1 day', 'YYYY-MM') AS ended
    FROM read.accounts AS o
    JOIN read.tenants AS n USING (tenant_id)
    LEFT JOIN read.account_clocks AS l USING (tenant_id, account_id)
    LEFT JOIN read.test_clocks AS k USING (tenant_id, clock_id)
   WHERE NOT n.suspended AND (l.clock_id IS NOT NULL) = $2
     AND ($3::text IS NULL OR (o.tenant_id, o.account_id) > ($3, $4))
)
SELECT a.tenant_id, a.account_id, next.month
  FROM a
  LEFT JOIN LATERAL (
    SELECT m.month, m.accrued FROM read.revenue_months AS m
     WHERE m.tenant_id = a.tenant_id AND m.account_id = a.account_id ORDER BY m.month DESC LIMIT 1) AS booked ON true
 CROSS JOIN LATERAL (
    SELECT min(m.month) AS month FROM read.revenue_movements AS m
     WHERE m.tenant_id = a.tenant_id AND m.account_id = a.account_id AND m.kind = 'document'
       AND m.month > coalesce(booked.month, '') AND m.month <= a.ended) AS told
 CROSS JOIN LATERAL (${SERVED}) AS served
 CROSS JOIN LATERAL (
    SELECT CASE WHEN booked.month IS NULL THEN least(told.month, served.first)
                WHEN booked.accrued <> 0 OR (served.first <= a.ended AND served.last > booked.month)
                THEN to_char((booked.month || '-01')::date + interval '1 month', 'YYYY-MM')
                ELSE told.month END AS month) AS next
 WHERE next.month <= a.ended AND NOT EXISTS (${BILLED_FIRST})
 ORDER BY a.tenant_id, a.account_id LIMIT $5`;

export const unbookedMonths = async (
  pool: Pool,
  { now, byTestClock, after, limit }: UnbookedPage,
): Promise<UnbookedMonth[]> => {
  const { rows } = await pool.query<{ tenant_id: TenantId; account_id: AccountId; month: string }>(UNBOOKED, [
    now,
    byTestClock,
    after?.tenantId ?? null,
    after?.accountId ?? null,
    limit,
  ]);
  return rows.map(({ tenant_id: tenantId, account_id: accountId, month }) => ({ tenantId, accountId, month }));
};

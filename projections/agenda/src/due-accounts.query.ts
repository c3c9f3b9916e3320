import type { AccountId, BillingRunId, Instant, TenantId } from '#kernel';
import type { Pool } from '#postgres';

/**
 * What came to an account after the last billing looked (`c`), of days that are billed. The stream of its usage may have gone on for others alone: what
 * counts are its own arrivals. The months that got something say in which partitions to look; the packs of a month are told by their key.
 */
export const CAME_LATE = `(
  SELECT p.revision FROM read.usage_arrivals AS m
   CROSS JOIN LATERAL (
     SELECT u.revision FROM read.usage_packs AS u
      WHERE u.tenant_id = m.tenant_id AND u.account_id = m.account_id AND u.revision > c.cut
        AND u.from_at >= m.month::timestamptz AND u.from_at < (m.month + interval '1 month')::timestamptz
        AND date_trunc('day', u.from_at) < c.billed_through OFFSET 0) AS p
   WHERE m.tenant_id = c.tenant_id AND m.account_id = c.account_id AND m.last_revision > c.cut AND m.month < c.billed_through
  UNION ALL
  SELECT h.revision FROM read.usage_correction_history AS h
   WHERE h.tenant_id = c.tenant_id AND h.account_id = c.account_id AND h.revision > c.cut AND h.day < c.billed_through)`;

/**
 * Accounts that have something to bill. Superset by design: what is really due, the account itself decides. Test accounts that
 * live by a test clock have a time of their own: they are billed with others only where they are named.
 */
const DUE = `
SELECT account_id FROM (
  SELECT account_id FROM read.billing_schedules WHERE tenant_id = $1 AND next_bill_at <= $2
   UNION
  SELECT c.account_id FROM read.billing_cuts AS c
   WHERE c.tenant_id = $1
     AND EXISTS ${CAME_LATE}
) AS due
WHERE ($3::text[] IS NULL OR account_id = ANY($3))
  AND ($3::text[] IS NOT NULL OR account_id NOT IN (SELECT account_id FROM read.test_accounts WHERE tenant_id = $1 AND clock_id IS NOT NULL))`;

/** The first of them, in the order of their ids. */
export const DUE_ACCOUNTS = `SELECT account_id FROM (${DUE}) AS due ORDER BY account_id LIMIT $4`;

/**
 * Makes the list of a run, unless there is one, in one statement: whoever is due now, in pages. Two processes that do so at once wait for each
 * other at the row of the run, and one of them lists nobody.
 */
export const listDueAccounts = async (
  pool: Pool,
  {
    tenantId,
    runId,
    billThrough,
    accounts,
  }: {
    readonly tenantId: TenantId;
    readonly runId: BillingRunId;
    readonly billThrough: Instant;
    readonly accounts: readonly AccountId[] | null;
  },
  pageAccounts: number,
): Promise<void> => {
  await pool.query(
    `WITH made AS (
       INSERT INTO ops.billing_run_lists (run_id) VALUES ($4) ON CONFLICT DO NOTHING RETURNING run_id
     ), due AS (
       SELECT account_id, row_number() OVER (ORDER BY account_id) - 1 AS place FROM (${DUE}) AS due
     )
     INSERT INTO ops.billing_run_pages (run_id, page, tenant_id, accounts)
     SELECT $4, place / $5, $1, array_agg(account_id ORDER BY place) FROM due
      WHERE EXISTS (SELECT FROM made) GROUP BY place / $5`,
    [tenantId, billThrough, accounts, runId, pageAccounts],
  );
};

import type { AccountId, Instant, TenantId, TestClockId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';

export interface DueTimer {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly key: string;
  readonly dueAt: Instant;
  readonly generation: number;
  readonly eventId: string;
}

/**
 * Accounts that have something to bill. Superset by design: what is really due, the account itself decides. Test accounts that
 * live by a test clock have a time of their own: they are billed with others only where they are named.
 */
const DUE_ACCOUNTS = `
SELECT account_id FROM (
  SELECT account_id FROM read.billing_schedules WHERE tenant_id = $1 AND next_bill_at <= $2
   UNION
  SELECT c.account_id FROM read.billing_cuts AS c JOIN read.usage_cuts AS u USING (tenant_id, account_id)
   WHERE c.tenant_id = $1 AND u.revision > c.cut
     AND EXISTS (SELECT FROM read.usage_arrivals AS a
                  WHERE a.tenant_id = c.tenant_id AND a.account_id = c.account_id
                    AND a.last_revision > c.cut AND a.day < c.billed_through)
) AS due
WHERE ($3::text IS NULL OR account_id > $3) AND ($4::text[] IS NULL OR account_id = ANY($4))
  AND ($4::text[] IS NOT NULL OR account_id NOT IN (SELECT account_id FROM read.test_accounts WHERE tenant_id = $1 AND clock_id IS NOT NULL))
ORDER BY account_id LIMIT $5`;

export class AgendaQuery {
  constructor(private readonly database: TenantTransactions) {}

  async dueAccounts(
    tenantId: TenantId,
    billThrough: Instant,
    page: { readonly after: AccountId | null; readonly limit: number; readonly only?: readonly AccountId[] },
  ): Promise<AccountId[]> {
    const rows = await this.database.rows<{ account_id: AccountId }>(tenantId, DUE_ACCOUNTS, [
      tenantId,
      billThrough,
      page.after,
      page.only ?? null,
      page.limit,
    ]);
    return rows.map(({ account_id: accountId }) => accountId);
  }

  async late(tenantId: TenantId, clockId: TestClockId): Promise<AccountId[]> {
    const rows = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      `SELECT late.account_id FROM (${LATE} AND c.tenant_id = $1) AS late
         JOIN read.test_accounts AS a USING (tenant_id, account_id)
        WHERE a.clock_id = $2 ORDER BY late.account_id`,
      [tenantId, clockId],
    );
    return rows.map(({ account_id: accountId }) => accountId);
  }
}

/** Accounts that got readings of days that they are billed for already, after the last billing looked. */
const LATE = `
  SELECT c.tenant_id, c.account_id, u.revision FROM read.billing_cuts AS c JOIN read.usage_cuts AS u USING (tenant_id, account_id)
   WHERE u.revision > c.cut
     AND EXISTS (SELECT FROM read.usage_arrivals AS a
                  WHERE a.tenant_id = c.tenant_id AND a.account_id = c.account_id
                    AND a.last_revision > c.cut AND a.day < c.billed_through)`;

/** An account with late readings, and up to where its usage stream is projected. */
export interface LateAccount {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly revision: number;
}

/** Of all tenants that bill automatically, a page in the order of tenant and account. */
export const lateAccounts = async (
  pool: Pool,
  { after, limit }: { readonly after: LateAccount | null; readonly limit: number },
): Promise<LateAccount[]> => {
  const { rows } = await pool.query<{ tenant_id: TenantId; account_id: AccountId; revision: bigint }>(
    `SELECT late.* FROM (${LATE}
        AND ($1::text IS NULL OR (c.tenant_id, c.account_id) > ($1, $2))) AS late
       JOIN read.tenants AS n USING (tenant_id)
      WHERE NOT n.suspended AND n.policy ->> 'billing' = 'automatic'
      ORDER BY late.tenant_id, late.account_id LIMIT $3`,
    [after?.tenantId ?? null, after?.accountId ?? null, limit],
  );
  return rows.map(({ tenant_id: tenantId, account_id: accountId, revision }) => ({
    tenantId,
    accountId,
    revision: Number(revision),
  }));
};

/**
 * Timers whose time has come: by the clock on the wall ($1), or by the test clock that the account lives by. Two branches, so that each
 * finds its rows by an index: by their time, or by the few accounts under test.
 */
const COME = `
  SELECT t.* FROM read.timers AS t
   WHERE t.due_at <= $1 AND NOT EXISTS (
     SELECT FROM read.account_clocks AS a WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id)
   UNION ALL
  SELECT t.* FROM read.test_clocks AS k
    JOIN read.account_clocks AS a USING (tenant_id, clock_id)
    JOIN read.timers AS t ON t.tenant_id = a.tenant_id AND t.account_id = a.account_id AND t.due_at <= k.shows`;

/** Billing timers of tenants that bill by hand stay where they are, and so does everything of a tenant that is suspended. */
const BY_ITSELF = `NOT n.suspended AND (t.timer_key NOT LIKE 'bill:%' OR n.policy ->> 'billing' = 'automatic')`;

/** The earliest due timer of each account, of all tenants, that nobody else is firing and that is not done. */
export const dueTimers = async (pool: Pool, now: Instant, limit: number): Promise<DueTimer[]> => {
  const { rows } = await pool.query<{
    tenant_id: TenantId;
    account_id: AccountId;
    timer_key: string;
    due_at: Instant;
    generation: bigint;
    event_id: string;
  }>(
    `SELECT DISTINCT ON (t.tenant_id, t.account_id) t.*
       FROM (${COME}) AS t
       JOIN read.tenants AS n USING (tenant_id)
       LEFT JOIN ops.timer_claims AS c
         ON c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.timer_key = t.timer_key AND c.generation = t.generation
      WHERE ${BY_ITSELF}
        AND (c.timer_key IS NULL OR (NOT c.fired AND c.leased_until < now()))
      ORDER BY t.tenant_id, t.account_id, t.due_at, t.timer_key
      LIMIT $2`,
    [now, limit],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    accountId: row.account_id,
    key: row.timer_key,
    dueAt: row.due_at,
    generation: Number(row.generation),
    eventId: row.event_id,
  }));
};

/** Whether a timer of an account that lives by the clock has come, and was not fired yet. */
export const isAdvancing = async (pool: Pool, tenantId: TenantId, clockId: TestClockId): Promise<boolean> => {
  const { rows } = await pool.query<{ advancing: boolean }>(
    `SELECT EXISTS (
       SELECT FROM read.test_clocks AS k
         JOIN read.account_clocks AS a USING (tenant_id, clock_id)
         JOIN read.timers AS t ON t.tenant_id = a.tenant_id AND t.account_id = a.account_id AND t.due_at <= k.shows
         JOIN read.tenants AS n ON n.tenant_id = t.tenant_id
         LEFT JOIN ops.timer_claims AS c
           ON c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.timer_key = t.timer_key AND c.generation = t.generation
        WHERE k.tenant_id = $1 AND k.clock_id = $2 AND ${BY_ITSELF} AND c.fired IS NOT TRUE) AS advancing`,
    [tenantId, clockId],
  );
  return rows[0]!.advancing;
};

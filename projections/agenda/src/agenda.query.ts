import type { AccountId, Instant, TenantId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';

export interface DueTimer {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly key: string;
  readonly dueAt: Instant;
  readonly generation: number;
  readonly eventId: string;
}

/** Accounts that have something to bill. Superset by design: what is really due, the account itself decides. */
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
}

/**
 * The earliest due timer of each account, of all tenants, that nobody else is firing and that is not done. Billing
 * timers of tenants that bill by hand stay where they are, and so does everything of a tenant that is suspended.
 */
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
       FROM read.timers AS t
       JOIN read.tenants AS n USING (tenant_id)
       LEFT JOIN ops.timer_claims AS c
         ON c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.timer_key = t.timer_key AND c.generation = t.generation
      WHERE t.due_at <= $1 AND NOT n.suspended AND (t.timer_key NOT LIKE 'bill:%' OR n.policy ->> 'billing' = 'automatic')
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

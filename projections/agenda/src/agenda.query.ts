import type { AccountId, Instant, TenantId, TestClockId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';
import { REFUSALS_MAX } from './jobs.query.js';
import { CAME_LATE, DUE_ACCOUNTS } from './due-accounts.query.js';

export interface DueTimer {
  readonly tenantId: TenantId;
  /** The stream that set it. */
  readonly owner: string;
  /** Null where its owner is no account. */
  readonly accountId: AccountId | null;
  readonly key: string;
  readonly dueAt: Instant;
  readonly generation: number;
  readonly eventId: string;
}

export class AgendaQuery {
  constructor(private readonly database: TenantTransactions) {}

  async dueAccounts(
    tenantId: TenantId,
    billThrough: Instant,
    { limit, only }: { readonly limit: number; readonly only?: readonly AccountId[] },
  ): Promise<AccountId[]> {
    const rows = await this.database.rows<{ account_id: AccountId }>(tenantId, DUE_ACCOUNTS, [
      tenantId,
      billThrough,
      only ?? null,
      limit,
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
  SELECT c.tenant_id, c.account_id, l.revision FROM read.billing_cuts AS c
   CROSS JOIN LATERAL (SELECT max(a.revision) AS revision FROM ${CAME_LATE} AS a) AS l
   WHERE l.revision IS NOT NULL`;

/** An account with late readings, and the revision of the last of them in its usage stream. */
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

/** Billing timers of tenants that bill by hand stay where they are, and so does everything of a tenant that is suspended. */
const BY_ITSELF = `NOT n.suspended AND (t.timer_key NOT LIKE 'bill:%' OR n.policy ->> 'billing' = 'automatic')`;

/** That the last firing left the same thing due, of a claim (c) and the timer as it is by now, or is to be claimed. */
export const isRepeated = (dueAt: string): string => `(c.due_at >= ${dueAt} AND NOT c.goes_on)`;

/**
 * Whether a timer may be fired now: it is new, or its lease ran out. One that left the same thing due waits, twice as long each time, for no
 * more than an hour: nothing that was wrong the last time is right at once.
 */
export const mayFire = (generation: string, dueAt: string): string => `
  CASE WHEN c.generation = ${generation} THEN NOT c.fired AND c.leased_until < now()
       ELSE coalesce(NOT ${isRepeated(dueAt)}, true)
         OR coalesce(c.fired_at, '-infinity') + least(interval '1 second' * 2 ^ least(c.repeats, 12), interval '1 hour') < now()
  END`;

const CLAIM = `LEFT JOIN ops.timer_claims AS c ON c.tenant_id = t.tenant_id AND c.owner = t.owner AND c.timer_key = t.timer_key`;

/** The timer that a claim is of, if it is still there. */
export const timerOfClaim = (claim: string): string =>
  `SELECT FROM read.timers AS t WHERE t.tenant_id = ${claim}.tenant_id AND t.owner = ${claim}.owner AND t.timer_key = ${claim}.timer_key`;

/** That somebody decided against a timer (t), as it is now. */
const IS_SKIPPED = `EXISTS (
  SELECT FROM read.skipped_timers AS s
   WHERE s.tenant_id = t.tenant_id AND s.owner = t.owner AND s.timer_key = t.timer_key AND s.generation = t.generation)`;

const UNCLAIMED = `${BY_ITSELF} AND NOT ${IS_SKIPPED} AND (c.timer_key IS NULL OR ${mayFire('t.generation', 't.due_at')})`;

/**
 * Timers whose time has come, the first $2 of each tenant: by the clock on the wall ($1), or, of an account that lives by a test clock, by that. Two
 * branches, so that each finds its rows by an index: by their time, or by the few accounts under test. What tenants have waiting is never
 * counted, however much it is.
 */
const COME = `
  SELECT n.tenant_id AS of_tenant, t.* FROM read.tenants AS n CROSS JOIN LATERAL (
    (SELECT t.* FROM read.timers AS t ${CLAIM}
      WHERE t.tenant_id = n.tenant_id AND t.due_at <= $1 AND ${UNCLAIMED} AND NOT EXISTS (
        SELECT FROM read.account_clocks AS a WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id)
      ORDER BY t.due_at, t.owner, t.timer_key LIMIT $2)
    UNION ALL
    (SELECT t.* FROM read.test_clocks AS k
       JOIN read.account_clocks AS a USING (tenant_id, clock_id)
       JOIN read.timers AS t ON t.tenant_id = a.tenant_id AND t.account_id = a.account_id AND t.due_at <= k.shows ${CLAIM}
      WHERE k.tenant_id = n.tenant_id AND ${UNCLAIMED}
      ORDER BY t.due_at, t.owner, t.timer_key LIMIT $2)
  ) AS t
  WHERE NOT n.suspended AND n.tenant_id <> ALL ($4::text[])`;

/** So many owners of a tenant go before those of another come. */
const OWNERS_A_TURN = 100;

/**
 * The earliest due timer of each owner that nobody else is firing and that is not done. Tenants take turns: of each the earliest, then of
 * each the next, and no more of one than a turn has; none of those whose turn is not over.
 */
export const dueTimers = async (
  pool: Pool,
  now: Instant,
  limit: number,
  busy: readonly TenantId[] = [],
): Promise<DueTimer[]> => {
  const { rows } = await pool.query<{
    tenant_id: TenantId;
    owner: string;
    account_id: AccountId | null;
    timer_key: string;
    due_at: Instant;
    generation: bigint;
    event_id: string;
  }>(
    `SELECT * FROM (
       SELECT first.*, row_number() OVER (PARTITION BY tenant_id ORDER BY due_at, owner) AS place
         FROM (SELECT DISTINCT ON (t.tenant_id, t.owner) t.* FROM (${COME}) AS t
                ORDER BY t.tenant_id, t.owner, t.due_at, t.timer_key) AS first
     ) AS placed
     ORDER BY place, due_at, tenant_id LIMIT $3`,
    [now, Math.min(limit, OWNERS_A_TURN), limit, busy],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    owner: row.owner,
    accountId: row.account_id,
    key: row.timer_key,
    dueAt: row.due_at,
    generation: Number(row.generation),
    eventId: row.event_id,
  }));
};

/** Timers that are not fired although they are due: they left the same thing due again and again, or were refused. */
export interface HeldTimers {
  readonly dead: number;
  readonly repeated: number;
  readonly refused: number;
}

/** Fewer than so many may pass by themselves. */
const REPEATS_MIN = 3;

export const heldTimers = async (pool: Pool): Promise<HeldTimers> => {
  const { rows } = await pool.query<{ dead: bigint; repeated: bigint; refused: bigint }>(
    `SELECT count(*) FILTER (WHERE c.repeats >= $1) AS repeated, count(*) FILTER (WHERE c.failure IS NOT NULL AND c.refusals < $2) AS refused,
            count(*) FILTER (WHERE c.failure IS NOT NULL AND c.refusals >= $2) AS dead
       FROM ops.timer_claims AS c JOIN read.timers AS t USING (tenant_id, owner, timer_key)
      WHERE (c.repeats >= $1 AND ${isRepeated('t.due_at')}) OR (c.failure IS NOT NULL AND c.generation = t.generation)`,
    [REPEATS_MIN, REFUSALS_MAX],
  );
  const { dead, repeated, refused } = rows[0]!;
  return { dead: Number(dead), repeated: Number(repeated), refused: Number(refused) };
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
           ON c.tenant_id = t.tenant_id AND c.owner = t.owner AND c.timer_key = t.timer_key AND c.generation = t.generation
        WHERE k.tenant_id = $1 AND k.clock_id = $2 AND ${BY_ITSELF} AND NOT ${IS_SKIPPED} AND c.fired IS NOT TRUE) AS advancing`,
    [tenantId, clockId],
  );
  return rows[0]!.advancing;
};

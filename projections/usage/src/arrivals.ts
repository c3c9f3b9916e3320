import type { Arrival } from '#billing/usage';
import type { AccountId, TenantId } from '#kernel';
import type { PoolClient } from '#postgres';

/** The last revision that has something of each account, whatever others of the stream did since. */
export const cuts = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, number>> => {
  const { rows } = await client.query<{ account_id: AccountId; revision: bigint }>(
    `SELECT account_id, max(last_revision) AS revision FROM read.usage_arrivals
      WHERE tenant_id = $1 AND account_id = ANY($2) GROUP BY account_id`,
    [tenantId, accounts],
  );
  return new Map(rows.map(({ account_id: accountId, revision }) => [accountId, Number(revision)]));
};

/** What came after the cut stands in the packs of the months that something came to since, and with the corrections. */
export const arrivals = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, Arrival[]>> => {
  const { rows } = await client.query<Arrival & { account_id: AccountId; last_revision: bigint }>(
    `SELECT c.account_id, a.event, a.day, max(a.revision) AS last_revision
       FROM read.billing_cuts AS c CROSS JOIN LATERAL (
         SELECT p.event, (x.at AT TIME ZONE 'UTC')::date AS day, p.revision
           FROM read.usage_arrivals AS m
           CROSS JOIN LATERAL (
             SELECT * FROM read.usage_packs AS u
              WHERE u.tenant_id = m.tenant_id AND u.account_id = m.account_id AND u.revision > c.cut
                AND u.from_at >= m.month::timestamptz AND u.from_at < (m.month + interval '1 month')::timestamptz OFFSET 0) AS p
           CROSS JOIN LATERAL unnest(p.ats) AS x(at)
          WHERE m.tenant_id = c.tenant_id AND m.account_id = c.account_id AND m.last_revision > c.cut
         UNION ALL
         SELECT h.event, h.day, h.revision FROM read.usage_correction_history AS h
          WHERE h.tenant_id = c.tenant_id AND h.account_id = c.account_id AND h.revision > c.cut) AS a
      WHERE c.tenant_id = $1 AND c.account_id = ANY($2)
      GROUP BY c.account_id, a.event, a.day`,
    [tenantId, accounts],
  );
  const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
  return new Map(
    [...byAccount].map(([accountId, own]) => [
      accountId,
      own.map(({ event, day, last_revision: revision }) => ({ event, day, revision: Number(revision) })),
    ]),
  );
};

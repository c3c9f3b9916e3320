import type { AccountId, TenantId } from '#kernel';
import type { Pool } from '#postgres';

/** An account with a wallet that is recharged by usage, and the revision of its last readings. */
export interface AccountToLookAt {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly revision: number;
  /** Tells whether recharges were set anew. */
  readonly settings: string;
}

/** Of all tenants that are not suspended, a page in the order of tenant and account. */
export const accountsToLookAt = async (
  pool: Pool,
  { after, limit }: { readonly after: AccountToLookAt | null; readonly limit: number },
): Promise<AccountToLookAt[]> => {
  const { rows } = await pool.query<{ tenant_id: TenantId; account_id: AccountId; revision: bigint; settings: string }>(
    `SELECT w.tenant_id, w.account_id, u.revision, w.settings
       FROM (SELECT tenant_id, account_id, md5(string_agg(recharge::text, ' ' ORDER BY wallet_id)) AS settings FROM read.wallets
              WHERE closed_on IS NULL AND recharge ->> 'counts' = 'ongoing_balance' GROUP BY tenant_id, account_id) AS w
       JOIN read.tenants AS n USING (tenant_id)
      CROSS JOIN LATERAL (SELECT max(a.last_revision) AS revision FROM read.usage_arrivals AS a
              WHERE a.tenant_id = w.tenant_id AND a.account_id = w.account_id) AS u
      WHERE NOT n.suspended AND u.revision IS NOT NULL
        AND ($1::text IS NULL OR (w.tenant_id, w.account_id) > ($1, $2))
      ORDER BY w.tenant_id, w.account_id LIMIT $3`,
    [after?.tenantId ?? null, after?.accountId ?? null, limit],
  );
  return rows.map(({ tenant_id: tenantId, account_id: accountId, revision, settings }) => ({
    tenantId,
    accountId,
    revision: Number(revision),
    settings,
  }));
};

import type { BillingRunId, TenantId } from '#kernel';
import type { Pool } from '#postgres';

/** How many invoices that a run issued wait for their number. One below zero has none: its credit note has. */
export const unnumberedOf = async (pool: Pool, tenantId: TenantId, runId: BillingRunId): Promise<number> => {
  const { rows } = await pool.query<{ missing: bigint }>(
    `SELECT count(*) AS missing FROM read.invoices
      WHERE tenant_id = $1 AND run_id = $2 AND number IS NULL AND issue_date IS NOT NULL AND total >= 0`,
    [tenantId, runId],
  );
  return Number(rows[0]!.missing);
};

import type { Instant, LocalDate, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { reported } from '#projection';
import { ledgerTotals, sidesSql, type LedgerTotals, type TotalsRow } from './ledger-totals.js';

/** Up to when: recorded at or before a position, booked on or before a day. */
export interface BookCut {
  readonly position?: bigint;
  readonly recordedAt?: Instant;
  readonly bookedOn?: LocalDate;
}

/** Balances are sums over transfers, so each of them can be told as of any moment on either time axis. */
export class TrialBalanceQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Each side of each ledger account of the tenant. */
  async totals(tenantId: TenantId, cut: BookCut): Promise<LedgerTotals[]> {
    const rows = await this.database.rows<TotalsRow>(
      tenantId,
      `WITH known AS (
         SELECT tenant_id, kind, debit, credit, amount, reserved, currency FROM ${reported('transfers')} AS t
          WHERE tenant_id = $1 AND ($2::bigint IS NULL OR position <= $2)
            AND ($3::timestamptz IS NULL OR recorded_at <= $3) AND ($4::date IS NULL OR booked_on <= $4))
       ${sidesSql('known', 'tenant_id')}`,
      [tenantId, cut.position ?? null, cut.recordedAt ?? null, cut.bookedOn ?? null],
    );
    return rows.map(ledgerTotals);
  }
}

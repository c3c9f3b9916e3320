import type { RunningRun } from '#billing/billing-run';
import {
  fromJson,
  sum,
  type AccountId,
  type BillingRunId,
  type Instant,
  type Json,
  type Money,
  type TenantId,
} from '#kernel';
import {
  page,
  selectFrom,
  type Orders,
  type Page,
  type PageRequest,
  type Pool,
  type TenantTransactions,
} from '#postgres';
import { recordsOf, type Row } from '#projection';
import { billingRuns } from './billing-runs.projection.js';

type RunRow = Row<typeof billingRuns>;

export interface RunFailure {
  readonly accountId: AccountId;
  readonly code: string;
  readonly detail: string;
}

export interface BillingRunRecord {
  readonly runId: BillingRunId;
  readonly billThrough: Instant;
  readonly status: 'running' | 'completed';
  readonly startedAt: Instant;
  readonly completedAt: Instant | null;
  /** Once it is completed. */
  readonly result: {
    readonly accounts: { readonly due: number; readonly billed: number; readonly failed: number };
    readonly invoices: number;
    readonly totals: readonly Money[];
  } | null;
}

export interface MadeSoFar {
  readonly accounts: number;
  readonly invoices: number;
  /** Of what is issued, one per currency. */
  readonly totals: readonly Money[];
}

const ORDERS: Orders = {
  startedAt: { by: 't.started_at', type: 'timestamptz' },
  billThrough: { by: 't.bill_through', type: 'timestamptz' },
};

export class BillingRunsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(
    tenantId: TenantId,
    runId: BillingRunId,
  ): Promise<{ readonly run: BillingRunRecord; readonly failures: readonly RunFailure[] } | undefined> {
    const [[run], failures] = await this.database.snapshot<
      [RunRow, { account_id: AccountId; code: string; detail: string }]
    >(tenantId, [
      { text: 'SELECT * FROM read.billing_runs WHERE tenant_id = $1 AND run_id = $2', values: [tenantId, runId] },
      {
        text: 'SELECT account_id, code, detail FROM read.billing_run_failures WHERE tenant_id = $1 AND run_id = $2 ORDER BY account_id LIMIT 1000',
        values: [tenantId, runId],
      },
    ]);
    return (
      run && {
        run: runRecord(run),
        failures: failures.map(({ account_id: accountId, code, detail }) => ({ accountId, code, detail })),
      }
    );
  }

  /** What a run has made so far, by the pages that are done. */
  async madeSoFar(tenantId: TenantId, runId: BillingRunId): Promise<MadeSoFar> {
    const pages = await this.database.rows<{ billed: number; invoices: number; totals: Json }>(
      tenantId,
      'SELECT billed, invoices, totals FROM ops.billing_run_pages WHERE tenant_id = $1 AND run_id = $2 AND done_at IS NOT NULL',
      [tenantId, runId],
    );
    const totals = pages.flatMap((page) => fromJson<readonly Money[]>(page.totals));
    return {
      accounts: pages.reduce((all, { billed }) => all + billed, 0),
      invoices: pages.reduce((all, { invoices }) => all + invoices, 0),
      totals: [...Map.groupBy(totals, ({ currency }) => currency)].map(([currency, own]) => sum(own, currency)),
    };
  }

  async list(tenantId: TenantId, request: PageRequest): Promise<Page<BillingRunRecord>> {
    const query = selectFrom('billing_runs').where('true');
    const { rows, ...cursors } = await page<RunRow>(this.database, tenantId, query, 'position', request, ORDERS);
    return { rows: rows.map(runRecord), ...cursors };
  }
}

/** Of a list or page of a run, that the run is not over. */
export const runningRunOf = (row: string): string =>
  `SELECT FROM read.billing_runs AS r WHERE r.run_id = ${row}.run_id AND r.status = 'running'`;

/** Those that are asked for, and those that a crash left half done; of all tenants that are not suspended. */
export const runningRuns = async (pool: Pool): Promise<RunningRun[]> => {
  const { rows } = await pool.query<RunRow>(
    `SELECT r.* FROM read.billing_runs AS r JOIN read.tenants AS n USING (tenant_id)
      WHERE r.status = 'running' AND NOT n.suspended ORDER BY r.position`,
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id as TenantId,
    runId: row.run_id as BillingRunId,
    billThrough: row.bill_through as Instant,
    accounts: row.accounts as readonly AccountId[] | null,
    position: row.position,
  }));
};

const startedRun = recordsOf(billingRuns, 'accounts', 'result').as<Omit<BillingRunRecord, 'result'>>();

const runRecord = (row: RunRow): BillingRunRecord => ({
  ...startedRun(row),
  result: row.result === null ? null : fromJson<NonNullable<BillingRunRecord['result']>>(row.result as Json),
});

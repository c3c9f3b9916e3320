import type { BillingRunFact } from '#contracts';
import { projection, table } from '#projection';

export const billingRuns = table({
  name: 'billing_runs',
  columns: {
    tenant_id: 'text',
    run_id: 'text',
    bill_through: 'timestamptz',
    accounts: 'jsonb?',
    status: 'text',
    result: 'jsonb?',
    started_at: 'timestamptz',
    completed_at: 'timestamptz?',
    position: 'bigint',
  },
  key: ['tenant_id', 'run_id'],
  indexes: ['tenant_id, position DESC', 'status'],
});

export const billingRunFailures = table({
  name: 'billing_run_failures',
  columns: { tenant_id: 'text', run_id: 'text', account_id: 'text', code: 'text', detail: 'text' },
  key: ['tenant_id', 'run_id', 'account_id'],
});

export const billingRunsProjection = projection<BillingRunFact>({
  name: 'billing-runs',
  version: 1,
  tables: [billingRuns, billingRunFailures],
  reads: ['tenants.tenants'],
  on: {
    BillingRunStarted: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(billingRuns, {
        tenant_id: metadata.tenantId!,
        run_id: data.runId,
        bill_through: data.billThrough,
        accounts: data.accounts ?? null,
        status: 'running',
        result: null,
        started_at: metadata.recordedAt,
        completed_at: null,
        position,
      }),
    AccountBillingFailed: ({ fact: { data }, metadata }, rows) =>
      rows.append(billingRunFailures, {
        tenant_id: metadata.tenantId!,
        run_id: data.runId,
        account_id: data.accountId,
        code: data.code,
        detail: data.detail,
      }),
    BillingRunCompleted: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        billingRuns,
        { tenant_id: metadata.tenantId!, run_id: data.runId },
        {
          status: 'completed',
          result: { accounts: data.accounts, invoices: data.invoices, totals: data.totals },
          completed_at: metadata.recordedAt,
        },
      ),
  },
});

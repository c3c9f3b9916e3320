import { Type } from 'typebox';
import { Count, IdText, InstantText } from '../events/shapes.js';
import { told } from './public-event.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';

const billingRunId = IdText('run');
const example = exampleId('run');

export const publicBillingRunEvents = {
  BillingRunStarted: told(
    'BillingRunStarted',
    'billing_run.started',
    'Everything due up to an instant is being billed.',
    Type.Object({ billingRunId, billThrough: InstantText }),
    { billingRunId: example, billThrough: '2026-02-01T00:00:00Z' },
    ({ runId, billThrough }) => ({ billingRunId: runId, billThrough }),
  ),
  AccountBillingFailed: told(
    'AccountBillingFailed',
    'billing_run.account_failed',
    'A billing run went on without an account.',
    Type.Object({ billingRunId, failedAccountId: IdText('acc'), code: Type.String() }),
    { billingRunId: example, failedAccountId: exampleId('acc'), code: 'unknown_meter' },
    ({ runId, accountId, code }) => ({ billingRunId: runId, failedAccountId: accountId, code }),
  ),
  BillingRunCompleted: told(
    'BillingRunCompleted',
    'billing_run.completed',
    'What a billing run did.',
    Type.Object({
      billingRunId,
      accounts: Type.Object({ due: Count, billed: Count, failed: Count }),
      invoices: Count,
      totals: Type.Array(PublicMoney, { description: 'By currency' }),
    }),
    { billingRunId: example, accounts: { due: 10, billed: 10, failed: 0 }, invoices: 10, totals: [usd('1021.40')] },
    ({ runId, accounts: { due, billed, failed }, invoices, totals }) => ({
      billingRunId: runId,
      accounts: { due, billed, failed },
      invoices,
      totals: totals.map(publicMoney),
    }),
  ),
};

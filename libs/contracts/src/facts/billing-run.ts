import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId, usd } from './public-shapes.js';
import { closed, Count, IdText, InstantText, MoneyShape, Text } from './shapes.js';

const runId = IdText('run');
const example = exampleId('run');

export const billingRunFacts = {
  BillingRunStarted: fact(
    'Bills everything due up to an instant.',
    {
      runId,
      billThrough: InstantText,
      /** Absent: every account that has something due. */
      accounts: Type.Optional(Type.Array(IdText('acc'), { maxItems: 1000 })),
    },
    'billThrough',
  ).told({
    type: 'billing_run.started',
    means: 'Everything due up to an instant is being billed.',
    fields: ['runId', 'billThrough'],
    as: { runId: 'billingRunId' },
    example: { billingRunId: example, billThrough: '2026-02-01T00:00:00Z' },
  }),
  AccountBillingFailed: fact('The run went on without this account.', {
    runId,
    accountId: IdText('acc'),
    code: Type.String({ maxLength: 128 }),
    detail: Text(),
  }).told({
    type: 'billing_run.account_failed',
    means: 'A billing run went on without an account.',
    fields: ['runId', 'accountId', 'code'],
    as: { runId: 'billingRunId', accountId: 'failedAccountId' },
    example: { billingRunId: example, failedAccountId: exampleId('acc'), code: 'unknown_meter' },
  }),
  BillingRunCompleted: fact('What the run did.', {
    runId,
    accounts: Type.Object({ due: Count, billed: Count, failed: Count }, closed),
    invoices: Count,
    totals: Type.Array(MoneyShape, { description: 'By currency' }),
  }).told({
    type: 'billing_run.completed',
    means: 'What a billing run did.',
    fields: ['runId', 'accounts', 'invoices', 'totals'],
    as: { runId: 'billingRunId' },
    example: {
      billingRunId: example,
      accounts: { due: 10, billed: 10, failed: 0 },
      invoices: 10,
      totals: [usd('1021.40')],
    },
  }),
};

import type { AccountId } from '#kernel';
import { anId, at, FixedClock, InMemoryEventLog, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { AccountDirectory } from '../../account/ports/account-directory.js';
import type { BillAccounts, BillingOrder } from '../../invoice/use-cases/bill-accounts.js';
import type { ReadModels } from '../ports/read-models.js';
import { BillingRuns } from './billing-runs.js';
import { RunBilling } from './run-billing.js';

const RUN = {
  tenantId: TENANT,
  runId: anId('run', 1),
  billThrough: at('2026-02-01T00:00:00Z'),
  accounts: null,
  position: 1n,
};

describe('a billing run', () => {
  it('looks once for who is due, and bills them by pages', async () => {
    const due = Array.from({ length: 600 }, (_, index) => anId('acc', index));
    const asked: (AccountId | null)[] = [];
    const billed: (readonly AccountId[])[] = [];
    const directory: Partial<AccountDirectory> = {
      due: (_tenant, _through, { after }) => {
        asked.push(after);
        return Promise.resolve(due);
      },
      runTotals: () => Promise.resolve({ accounts: due.length, invoices: due.length, totals: [] }),
    };
    const billing: Partial<BillAccounts> = {
      bill: (_tenant, orders: readonly BillingOrder[]) => {
        billed.push(orders.map(({ accountId }) => accountId));
        return Promise.resolve(orders.map(({ accountId }) => ({ accountId, invoice: null, position: 2n })));
      },
    };
    const log = new InMemoryEventLog();
    const runs = new BillingRuns(log, new FixedClock());
    const readModels: ReadModels = { waitFor: () => Promise.resolve() };
    const carriedOut = new RunBilling(runs, billing as BillAccounts, directory as AccountDirectory, readModels, log);
    const steps = { page: <Result>(bill: () => Promise<Result>) => bill(), settled: () => Promise.resolve() };
    await carriedOut.run(RUN, new AbortController().signal, steps).catch(() => undefined);
    expect(asked).toEqual([null]);
    expect(billed.map(({ length }) => length)).toEqual([250, 250, 100]);
    expect(billed.flat()).toEqual(due);
  });
});

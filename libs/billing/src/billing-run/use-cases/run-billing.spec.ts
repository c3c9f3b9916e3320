import { runInThisContext } from 'node:vm';
import { EventLogUnavailable, type AccountId } from '#kernel';
import { anId, at, FixedClock, InMemoryEventLog, TENANT, usd } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { billingRunStream } from '#contracts';
import type { AccountDirectory } from '../../account/ports/account-directory.js';
import type { BillAccounts, Gathered } from '../../invoice/use-cases/bill-accounts.js';
import type { BillingOrder, BillingResult } from '../../invoice/use-cases/billing-order.js';
import type { ReadModels } from '../ports/read-models.js';
import { RunPages, type ClaimedPage, type PageResult } from '../ports/run-pages.js';
import { BillingRuns } from './billing-runs.js';
import { RunBilling } from './run-billing.js';

const RUN = {
  tenantId: TENANT,
  runId: anId('run', 1),
  billThrough: at('2026-02-01T00:00:00Z'),
  accounts: null,
  position: 1n,
};
const PAGE = 2;
const DUE = Array.from({ length: 5 }, (_, index) => anId('acc', index));
const TURNS_TO_BILL = 5;
const GATHERED = {} as Gathered;

/** The process itself, not Jest's copy of it: it ends where a rejection is handled too late, while Jest lets that pass. */
const itself = runInThisContext('process') as NodeJS.Process;

const withUnhandled = async (work: () => Promise<void>): Promise<unknown[]> => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  itself.on('unhandledRejection', note);
  await work().finally(() => itself.off('unhandledRejection', note));
  return unhandled;
};

/** The pages of one run, as any number of workers see them. */
class PagesInMemory extends RunPages {
  private pages: { readonly accounts: readonly AccountId[]; claimed: boolean; result?: PageResult }[] = [];
  lists = 0;

  get results(): readonly (PageResult | undefined)[] {
    return this.pages.map(({ result }) => result);
  }

  override list(): Promise<void> {
    if (this.lists++ > 0) return Promise.resolve();
    for (let begin = 0; begin < DUE.length; begin += PAGE)
      this.pages.push({ accounts: DUE.slice(begin, begin + PAGE), claimed: false });
    return Promise.resolve();
  }

  override claim(): Promise<ClaimedPage | undefined> {
    const page = this.pages.find(({ claimed }) => !claimed);
    if (!page) return Promise.resolve(undefined);
    page.claimed = true;
    return Promise.resolve({
      accounts: page.accounts,
      done: (result) => Promise.resolve(void (page.result = result)),
      giveBack: () => Promise.resolve(void (page.claimed = false)),
    });
  }

  override async allDone(): Promise<boolean> {
    while (this.pages.some(({ claimed, result }) => claimed && !result)) await new Promise(setImmediate);
    return this.pages.every(({ result }) => result);
  }
}

describe('a billing run', () => {
  let log: InMemoryEventLog;
  let pages: PagesInMemory;
  /** What was done with each page, by its first account. */
  let steps: string[];
  let failures: number;
  /** How often the second page cannot be gathered. */
  let ungathered: number;

  const worker = (): RunBilling => {
    const billing: Partial<BillAccounts> = {
      gather: (_tenant, orders) => {
        const first = DUE.indexOf(orders[0]!.accountId);
        if (first === PAGE && ungathered-- > 0) return Promise.reject(new EventLogUnavailable('not gathered'));
        steps.push(`gather ${first}`);
        return Promise.resolve(GATHERED);
      },
      bill: async (_tenant, orders: readonly BillingOrder[], _position, gathered) => {
        expect(gathered).toBe(GATHERED);
        // The next one is gathered meanwhile, or fails to be.
        for (let turn = 0; turn < TURNS_TO_BILL; turn++) await new Promise(setImmediate);
        const first = DUE.indexOf(orders[0]!.accountId);
        if (first === PAGE && failures-- > 0) throw new EventLogUnavailable('gone');
        steps.push(`bill ${first}`);
        return orders.map(({ accountId }): BillingResult => {
          const invoice = { invoiceId: anId('inv', DUE.indexOf(accountId)), total: usd(1_00n), issued: true };
          return { accountId, invoice, position: 2n };
        });
      },
    };
    const directory: Partial<AccountDirectory> = {
      runTotals: () => Promise.resolve({ accounts: DUE.length, invoices: DUE.length, totals: [usd(5_00n)] }),
    };
    const readModels: ReadModels = { waitFor: () => Promise.resolve() };
    const runs = new BillingRuns(log, new FixedClock());
    return new RunBilling(runs, billing as BillAccounts, directory as AccountDirectory, readModels, pages, log);
  };

  const run = (carriedOutBy = worker()): Promise<void> =>
    carriedOutBy.run(RUN, new AbortController().signal, { page: (bill) => bill(), settled: () => Promise.resolve() });

  const typesInTheLog = async (): Promise<string[]> =>
    (await Array.fromAsync(log.readStream(billingRunStream(TENANT, RUN.runId)))).map(({ type }) => type);

  beforeEach(async () => {
    log = new InMemoryEventLog();
    pages = new PagesInMemory();
    steps = [];
    failures = 0;
    ungathered = 0;
    const { runId, billThrough } = RUN;
    const envelope = { tenantId: TENANT, commandId: 'start', requestHash: 'a'.repeat(64), correlationId: 'start' };
    await new BillingRuns(log, new FixedClock()).execute(
      billingRunStream(TENANT, runId),
      { ...envelope, actor: { type: 'reactor', id: 'test' } },
      { type: 'StartBillingRun', runId, billThrough },
      () => null,
    );
  });

  it('bills page by page, and gathers the next one while a page appends', async () => {
    await run();
    expect(steps).toEqual(['gather 0', 'gather 2', 'bill 0', 'gather 4', 'bill 2', 'bill 4']);
    const one = { billed: 2, invoices: 2, totals: [usd(2_00n)] };
    expect(pages.results).toEqual([one, one, { billed: 1, invoices: 1, totals: [usd(1_00n)] }]);
    expect(await typesInTheLog()).toEqual(['BillingRunStarted', 'BillingRunCompleted']);
  });

  it('is shared by workers, each page billed by one of them, and completed once', async () => {
    await Promise.all([run(), run(), run()]);
    expect(steps.filter((step) => step.startsWith('bill')).sort()).toEqual(['bill 0', 'bill 2', 'bill 4']);
    expect(await typesInTheLog()).toEqual(['BillingRunStarted', 'BillingRunCompleted']);
  });

  it('gives back what it was interrupted in, and what it had gathered for later', async () => {
    failures = 1;
    await expect(run()).rejects.toThrow('gone');
    expect(pages.results.map((result) => result !== undefined)).toEqual([true, false, false]);
    await run();
    expect(steps.filter((step) => step.startsWith('bill'))).toEqual(['bill 0', 'bill 2', 'bill 4']);
    expect(pages.results.every(Boolean)).toBe(true);
  });

  it('bills a page to its end while the next one cannot be gathered, and tells that then', async () => {
    ungathered = 1;
    const unhandled = await withUnhandled(() => expect(run()).rejects.toThrow('not gathered'));
    expect(unhandled).toEqual([]);
    expect(steps).toEqual(['gather 0', 'bill 0']);
    expect(pages.results.map((result) => result !== undefined)).toEqual([true, false, false]);
    await run();
    expect(pages.results.every(Boolean)).toBe(true);
  });

  it('that is over is left alone by a worker that comes late', async () => {
    await run();
    const { lists } = pages;
    await run();
    expect(pages.lists).toBe(lists);
  });
});

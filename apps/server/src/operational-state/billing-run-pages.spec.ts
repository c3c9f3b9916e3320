import type { ClaimedPage, RunningRun } from '#billing/billing-run';
import type { AccountId, TenantId } from '#kernel';
import { BillingRunsQuery } from '#projections/billing-runs';
import { anId, at, usd } from '#testing';
import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { project } from '../../../../test/services/projected.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { ToldAccounts } from '../../../../test/services/told-accounts.js';
import type { Pools } from '../core/pools.js';
import { BillingRunPages } from './billing-run-pages.js';

const LOGGER = { logger: pino({ level: 'silent' }) } as unknown as PinoLogger;
const TENANT: TenantId = anId('tnt', 1);
const OTHER: TenantId = anId('tnt', 2);
/** Three pages, the last of them not full. */
const ACCOUNTS = 600;
const RUN: RunningRun = {
  tenantId: TENANT,
  runId: anId('run', 1),
  billThrough: at('2026-02-01T00:00:00Z'),
  accounts: null,
  position: 1n,
};
const NOTHING = { billed: 0, invoices: 0, totals: [] };

describe('the pages of a billing run', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let worker: BillingRunPages;
  let another: BillingRunPages;

  const pages = (): BillingRunPages => new BillingRunPages({ projector: database.projector } as Pools, LOGGER);

  const schedule = (tenantId: TenantId, first: number, count: number, through = '2026-02-01'): Promise<unknown> =>
    database.projector.query(
      `INSERT INTO read.billing_schedules (tenant_id, account_id, subscription_id, next_bill_at)
       SELECT $1, 'acc_' || lpad((n)::text, 26, '0'), 'sub_' || n, $4 FROM generate_series($2::int, $3::int) AS n`,
      [tenantId, first, first + count - 1, through],
    );

  /** As of a worker whose process has ended. */
  const silence = (): Promise<unknown> =>
    database.owner.query("UPDATE ops.billing_run_pages SET claimed_until = now() - interval '1 second'");

  const claimed = async (by = worker): Promise<ClaimedPage> => {
    const page = await by.claim(RUN);
    if (!page) throw new Error('No page is free.');
    return page;
  };

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    await project(new ToldAccounts().log, database);
    await schedule(TENANT, 0, ACCOUNTS);
    await schedule(TENANT, ACCOUNTS, 10, '2026-02-02');
    await schedule(OTHER, 0, 10);
  });

  beforeEach(async () => {
    await database.owner.query('TRUNCATE ops.billing_run_lists, ops.billing_run_pages');
    worker = pages();
    another = pages();
    await worker.list(RUN);
  });

  it('have everybody who is due, once, in order', async () => {
    const all: AccountId[][] = [];
    for (let page = await worker.claim(RUN); page; page = await worker.claim(RUN)) {
      all.push([...page.accounts]);
      await page.done(NOTHING);
    }
    expect(all.map(({ length }) => length)).toEqual([250, 250, 100]);
    expect(all.flat()).toEqual([...new Set(all.flat())].sort());
    expect(all.flat().at(-1)).toBe(`acc_${String(ACCOUNTS - 1).padStart(26, '0')}`);
  });

  it('are made once, however many workers begin and whoever comes to be due', async () => {
    await database.owner.query('TRUNCATE ops.billing_run_lists, ops.billing_run_pages');
    await Promise.all([worker.list(RUN), another.list(RUN), worker.list(RUN)]);
    await schedule(TENANT, 10_000, 1);
    await another.list(RUN);
    const { rows } = await database.owner.query<{ accounts: number }>(
      'SELECT sum(cardinality(accounts))::int AS accounts FROM ops.billing_run_pages',
    );
    expect(rows[0]!.accounts).toBe(ACCOUNTS);
    await database.owner.query("DELETE FROM read.billing_schedules WHERE subscription_id = 'sub_10000'");
  });

  it('of accounts that are named are of those alone, as far as they are due', async () => {
    const named = ['acc_00000000000000000000000007', `acc_${String(ACCOUNTS).padStart(26, '0')}`] as AccountId[];
    const run = { ...RUN, runId: anId('run', 2), accounts: named };
    await worker.list(run);
    expect((await worker.claim(run))!.accounts).toEqual(named.slice(0, 1));
    expect(await worker.claim(run)).toBeUndefined();
  });

  it('are each of one worker', async () => {
    const got = await Promise.all([worker, another, worker, another].map((one) => one.claim(RUN)));
    const firsts = got.map((page) => page?.accounts[0]);
    expect(new Set(firsts.filter(Boolean)).size).toBe(3);
    expect(firsts.filter((first) => first === undefined).length).toBe(1);
  });

  it('go to another worker where one went silent, and are then done by that alone', async () => {
    const lost = await claimed();
    await silence();
    const taken = await claimed(another);
    expect(taken.accounts).toEqual(lost.accounts);
    await lost.done({ billed: 1, invoices: 1, totals: [usd(1n)] });
    const run = () => new BillingRunsQuery(database.tenants).madeSoFar(TENANT, RUN.runId);
    expect(await run()).toEqual({ accounts: 0, invoices: 0, totals: [] });
    await taken.done({ billed: 250, invoices: 251, totals: [usd(2n)] });
    const next = await claimed();
    await next.done({ billed: 2, invoices: 2, totals: [usd(3n), { minor: 4n, currency: 'EUR' }] });
    expect(await run()).toEqual({ accounts: 252, invoices: 253, totals: [usd(5n), { minor: 4n, currency: 'EUR' }] });
    expect(await new BillingRunsQuery(database.tenants).madeSoFar(OTHER, RUN.runId)).toMatchObject({ accounts: 0 });
  });

  it('stay with a worker that is at work, and are free at once when it gives them back', async () => {
    const page = await claimed();
    await database.owner.query(
      "UPDATE ops.billing_run_pages SET claimed_until = now() + interval '100 ms' WHERE page = 0",
    );
    for (let waited = 0; waited < 100; waited++) {
      const { rows } = await database.owner.query<{ held: boolean }>(
        "SELECT claimed_until > now() + interval '2 seconds' AS held FROM ops.billing_run_pages WHERE page = 0",
      );
      if (rows[0]!.held) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await claimed(another)).accounts[0]).not.toBe(page.accounts[0]);
    await page.giveBack();
    expect((await claimed(another)).accounts).toEqual(page.accounts);
  });

  it.each([
    ['is told', new Error('wrong'), 1],
    ['is not told in an outage', new Error('Connection terminated unexpectedly'), 0],
  ])('are free later where they cannot be given back, which %s', async (_, failure, times) => {
    const told: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void told.push(line) });
    const query = jest.fn((...statement: Parameters<Pools['projector']['query']>) =>
      database.projector.query(...statement),
    );
    const pools = { projector: { query } } as unknown as Pools;
    const page = await claimed(new BillingRunPages(pools, { logger } as unknown as PinoLogger));
    query.mockImplementation(() => Promise.reject(failure));
    await page.giveBack();
    expect(told).toHaveLength(times);
    await silence();
    expect((await claimed(another)).accounts).toEqual(page.accounts);
  });

  it('are waited for: until all are done, or one is free', async () => {
    const { signal } = new AbortController();
    const held = [await claimed(), await claimed(), await claimed()];
    await held[0]!.done(NOTHING);
    const waiting = another.allDone(RUN, signal);
    await held[1]!.giveBack();
    expect(await waiting).toBe(false);
    await (await claimed(another)).done(NOTHING);
    const again = another.allDone(RUN, signal);
    await held[2]!.done(NOTHING);
    expect(await again).toBe(true);
  });
});

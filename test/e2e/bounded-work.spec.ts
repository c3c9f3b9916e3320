import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, invoicesOf, openAccount, PLAN, reading, recordUsage, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

/** What an answer may cost, and how much slower this machine may be than one that it was measured on. */
const BUDGET_MILLISECONDS = 250;
const SLOWNESS = 12;

const DAY_MILLISECONDS = 86_400_000;
const daysAgo = (days: number): string =>
  `${new Date(Date.now() - days * DAY_MILLISECONDS).toISOString().slice(0, 10)}T00:00:00Z`;

const DAILY = { ...PLAN, key: 'daily', interval: { unit: 'day', count: 1 } };
const [fee, usage] = PLAN.charges as [Any, Any];
/** As many charges as a plan has. */
const HUGE = {
  ...DAILY,
  key: 'huge',
  charges: Array.from({ length: 200 }, (_, index) => ({ ...(index % 2 === 0 ? fee : usage), key: `charge-${index}` })),
};

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));
const sumOf = (amounts: readonly string[]): bigint => amounts.map(cents).reduce((sum, some) => sum + some, 0n);

describe('work that a request names', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let huge: Any;
  let hugeAccount: Any;

  /** The server's own work: Postgres and the event store are other processes. */
  const cheap = async (what: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const before = process.cpuUsage();
    const answer = await ask();
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1_000;
    expect({ what, milliseconds, tooMuch: milliseconds > BUDGET_MILLISECONDS * SLOWNESS }).toEqual({
      what,
      milliseconds,
      tooMuch: false,
    });
    return answer;
  };
  const subscribe = (account: Any, plan: string, days: number, on = client): Promise<Answer> =>
    on.post('subscriptions', { accountId: account.id, plan, startAt: daysAgo(days) });
  const tooLarge = { status: 422, body: { code: 'preview_too_large' } };

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    for (const plan of [DAILY, HUGE]) await client.create('plans', plan);
    // What is slow the first time alone.
    const account = await openAccount(client, { timeZone: 'Europe/Berlin' });
    await subscribe(account, 'daily', 2);
    await client.read(`accounts/${account.id}/upcoming-invoice`);
    await bill(client, daysAgo(0), { accounts: [account.id] });
    hugeAccount = await openAccount(client, { timeZone: 'Europe/Berlin' });
  });

  it('begins twenty years back, with two hundred charges a day', async () => {
    const created = await cheap('create', () => subscribe(hugeAccount, 'huge', 20 * 365));
    expect(created.status).toBe(201);
    huge = created.body;
    const change = { quantities: { 'charge-0': '3' }, at: 'now' };
    const changed = () => client.post(`subscriptions/${huge.id}/changes`, change);
    expect(await cheap('change', changed)).toMatchObject({ status: 200 });
  });

  it.each([
    ['upcoming invoice', () => client.get(`accounts/${hugeAccount.id}/upcoming-invoice`)],
    [
      'run preview',
      () => client.post('billing-runs', { billThrough: daysAgo(0), accounts: [hugeAccount.id], dryRun: true }),
    ],
    [
      'change preview',
      () =>
        client.post(`subscriptions/${huge.id}/changes`, { quantities: { 'charge-0': '2' }, at: 'now', dryRun: true }),
    ],
  ])('is told to be too large before it is done: %s', async (what, ask) => {
    await recount.caughtUp();
    const answer = await cheap(what, ask);
    expect(answer).toMatchObject(tooLarge);
    expect(answer.body.detail).toContain('1000 lines');
  });

  it('is asked for by less time', async () => {
    const rows = (query: string) => client.get(`subscriptions/${huge.id}/usage?${query}`);
    const all = await cheap('usage', () => rows('limit=10'));
    expect(all).toMatchObject({ status: 400, body: { code: 'too_many_points' } });
    const some = await cheap('usage of a week', () => rows(`limit=200&charge=charge-1&from=${daysAgo(7)}`));
    expect(some).toMatchObject({ status: 200 });
    expect(some.body.data.length).toBeGreaterThanOrEqual(7);
  });

  it('is answered where it is as large as it may be', async () => {
    const account = await openAccount(client, { timeZone: 'Europe/Berlin' });
    const { body: subscription } = await subscribe(account, 'daily', 480);
    await recount.caughtUp();
    const upcoming = await cheap('upcoming invoice', () => client.get(`accounts/${account.id}/upcoming-invoice`));
    expect(upcoming.status).toBe(200);
    expect(upcoming.body.lines.length).toBeGreaterThan(900);
    const change = { quantities: { fee: '2' }, at: 'now', dryRun: true };
    const changed = await cheap('change', () => client.post(`subscriptions/${subscription.id}/changes`, change));
    expect(changed.body.preview.lines.length).toBeGreaterThan(400);
    const run = { billThrough: daysAgo(0), accounts: [account.id], dryRun: true };
    expect(await cheap('run preview', () => client.post('billing-runs', run))).toMatchObject({ status: 201 });
  });

  it('is billed by several invoices, each with a bounded number of lines, to the cent', async () => {
    const account = await openAccount(client, { timeZone: 'Europe/Berlin' });
    await subscribe(account, 'daily', 600);
    const used = Array.from({ length: 40 }, (_, index) =>
      reading(account.id, 1_500, daysAgo(15 * index + 1).replace('T00', 'T12')),
    );
    await recordUsage(client, used);
    const run = await bill(client, daysAgo(0), { accounts: [account.id] });
    expect(run).toMatchObject({ status: 'completed', accounts: { due: 1, billed: 1, failed: 0 }, failures: [] });
    const invoices = await invoicesOf(client, run);
    expect(invoices).toHaveLength(2);
    for (const { lines, total } of invoices) {
      expect(lines.length).toBeLessThanOrEqual(1_000);
      expect(sumOf(lines.map(({ amount }: Any) => amount.amount))).toBe(cents(total.amount));
    }
    const [first, second] = invoices;
    expect(first.lines).toHaveLength(1_000);
    // The earliest first, whatever it is charged for.
    expect(first.period.end <= second.period.end).toBe(true);
    const lines = invoices.flatMap((invoice) => invoice.lines);
    expect(new Set(lines.map(({ charge, period }: Any) => `${charge} ${period.start}`)).size).toBe(lines.length);
    const fees = lines.filter(({ charge }: Any) => charge === 'fee').length;
    const total = sumOf(invoices.map((invoice) => invoice.total.amount));
    expect(total).toBe(BigInt(fees) * 2_000n + 40n * 500n);
    expect(await client.read(`invoices/${first.id}`)).toMatchObject({ status: 'open' });
    await cheap('invoice', () => client.get(`invoices/${first.id}`));
    // Nothing is left, and nothing is billed twice.
    expect(await bill(client, daysAgo(0), { accounts: [account.id] })).toMatchObject({ invoices: 0 });
    await expectVerified(client, account);
  });

  it('is billed by timers one after the other, and readings that come between are not lost', async () => {
    const { client: automatic } = await recount.createTenant('automatic');
    await withCatalog(automatic);
    await automatic.create('plans', DAILY);
    const account = await openAccount(automatic);
    await subscribe(account, 'daily', 520, automatic);
    await recordUsage(automatic, [reading(account.id, 1_500, daysAgo(500).replace('T00', 'T12'))]);
    await recount.caughtUp();
    await recount.database.owner.query(
      `SET ROLE recount_projector; UPDATE read.timers SET due_at = now() WHERE account_id = '${account.id}'; RESET ROLE`,
    );
    const { data } = await eventually(
      () => automatic.read(`invoices?accountId=${account.id}`),
      (found: Any) => found.data.length === 2 && found.data.every(({ number }: Any) => number !== null),
      'two invoices',
    );
    expect(sumOf(data.map(({ total }: Any) => total.amount))).toBe(521n * 2_000n + 500n);
    const { body } = await recount.client.get('/health/ready');
    expect(body.error).toEqual({});
  });
});

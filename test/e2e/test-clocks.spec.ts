import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, openAccount, reading, withCatalog } from './samples.js';

const START = '2030-01-01T00:00:00Z';

/** Years ahead of the clock on the wall, so that only a test clock can let anything fall due. */
describe('a test clock', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    ({ client } = await recount.createTenant('On the clock'));
    await withCatalog(client);
  });

  const startClock = (): Promise<Any> => client.create('test-clocks', { name: 'Trial', startAt: START });
  const onClock = (clock: Any, fields: object = {}): Promise<Any> =>
    openAccount(client, { test: true, testClockId: clock.id, ...fields });
  const advance = async (clock: Any, to: string): Promise<void> => {
    expect(await client.create(`test-clocks/${clock.id}/advance`, { to })).toMatchObject({ now: to, status: 'ready' });
  };
  const invoicesOf = async (account: Any): Promise<Any[]> =>
    (await client.read(`invoices?accountId=${account.id}`)).data.toReversed();

  it('shows what it was told, and is listed', async () => {
    const clock = await startClock();
    expect(clock).toMatchObject({ name: 'Trial', startedFrom: START, now: START, status: 'ready' });
    await advance(clock, '2030-01-15T00:00:00Z');
    expect(await client.read(`test-clocks/${clock.id}`)).toMatchObject({ now: '2030-01-15T00:00:00Z' });
    expect((await client.read('test-clocks')).data[0]).toMatchObject({ id: clock.id, startedFrom: START });
  });

  it('is when its accounts are opened, subscribe, use and are billed', async () => {
    const clock = await startClock();
    const account = await onClock(clock);
    expect(account).toMatchObject({ openedAt: START, test: true, testClockId: clock.id });
    const subscription = await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    expect(subscription).toMatchObject({ startAt: START, status: 'active' });
    await advance(clock, '2030-01-20T12:00:00Z');
    const used = await client.create('usage', {
      events: [reading(account.id, 1_000, '2030-01-20T12:00:00Z'), reading(account.id, 1, '2030-01-20T14:00:00Z')],
    });
    expect(used.results.map(({ status, code }: Any) => code ?? status)).toEqual(['accepted', 'usage_outside_window']);
    await advance(clock, '2030-03-15T00:00:00Z');
    expect((await invoicesOf(account)).map(({ issueDate, status }) => [issueDate, status])).toEqual([
      ['2030-01-01', 'open'],
      ['2030-02-01', 'open'],
      ['2030-03-01', 'open'],
    ]);
    const [first] = await invoicesOf(account);
    expect(await client.read(`invoices/${first.id}`)).toMatchObject({ overdue: true, dueOn: '2030-01-31' });
  });

  it('ends what ends by then, and bills what was used until then', async () => {
    const clock = await startClock();
    const account = await onClock(clock);
    const { id } = await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await client.create(`subscriptions/${id}/cancel`, { at: '2030-01-11T00:00:00Z' });
    expect((await client.read(`subscriptions/${id}`)).status).toBe('canceled');
    await advance(clock, '2030-01-12T00:00:00Z');
    expect((await client.read(`subscriptions/${id}`)).status).toBe('ended');
    expect((await client.read('subscriptions?status=ended')).data.map((one: Any) => one.id)).toContain(id);
  });

  it('keeps its accounts out of all reports, and out of billing runs that do not name them', async () => {
    const clock = await startClock();
    const account = await onClock(clock);
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await advance(clock, '2030-02-02T00:00:00Z');
    expect(await invoicesOf(account)).toHaveLength(2);
    expect(await client.read('reports/mrr?from=2030-01-01T00:00:00Z&to=2030-03-01T00:00:00Z')).toEqual([]);
    expect(await client.read('reports/ar-aging?at=2030-06-01')).toEqual([]);
    expect(await client.read('reports/trial-balance?at=2030-06-01')).toEqual([]);
    expect(await bill(client, '2030-02-28T00:00:00Z')).toMatchObject({ invoices: 0 });
    const { ledgerAccounts } = await client.read(`accounts/${account.id}/book`);
    expect(ledgerAccounts.length).toBeGreaterThan(0);
  });

  it('has a series of numbers of its own', async () => {
    const clock = await startClock();
    const account = await onClock(clock);
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await advance(clock, '2030-01-02T00:00:00Z');
    const [invoice] = await eventually(
      () => invoicesOf(account),
      ([one]: Any[]) => one?.number !== null,
    );
    expect(invoice.number).toMatch(/^TEST-\d{6}$/);
  });

  it.each<[string, object, number, string]>([
    [
      'no clock that there is',
      { test: true, testClockId: 'clk_01h455vb4pex5vsknk084sn02q' },
      404,
      'test_clock_not_found',
    ],
    ['no clock at all', { test: true, testClockId: 'noon' }, 404, 'test_clock_not_found'],
  ])('opens no account on %s', async (_, fields, status, code) => {
    const answer = await client.post('accounts', { name: 'Ada', currency: 'USD', ...fields });
    expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([status, code, '/testClockId']);
  });

  it('is not for accounts that are no test accounts, and is not turned back', async () => {
    const clock = await startClock();
    const opened = await client.post('accounts', { name: 'Ada', currency: 'USD', testClockId: clock.id });
    expect([opened.status, opened.body.code]).toEqual([422, 'test_account_required']);
    const back = await client.post(`test-clocks/${clock.id}/advance`, { to: '2029-12-31T00:00:00Z' });
    expect([back.status, back.body.code]).toEqual([422, 'test_clock_backwards']);
    const far = await client.post(`test-clocks/${clock.id}/advance`, { to: '2040-01-01T00:00:00Z' });
    expect([far.status, far.body.code]).toEqual([422, 'test_clock_too_far']);
  });
});

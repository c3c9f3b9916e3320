import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, billedAccount, FEBRUARY, JANUARY, subscribe, usd, withCatalog } from './samples.js';

/** Two moments of one account: its invoice open, and paid. */
describe('the past', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let invoice: Any;
  let subscription: Any;
  /** The same moment three times: by revision, by position, by the clock. */
  let before: readonly [revision: string, position: string, instant: string];
  let servedBefore: Record<string, Any>;

  const everything = async (query: string, client_ = client): Promise<Record<string, Any>> => ({
    account: await client_.read(`accounts/${account.id}?${query}`),
    book: await client_.read(`accounts/${account.id}/book?${query}`),
    invoice: await client_.read(`invoices/${invoice.id}?${query}`),
    subscription: await client_.read(`subscriptions/${subscription.id}?${query}`),
  });

  const reports = async (query: string): Promise<Record<string, Any>> => ({
    mrr: await client.read(`reports/mrr?from=2025-01-01&to=2025-04-01${query}`),
    aging: await client.read(`reports/ar-aging?at=2030-01-01${query}`),
    balance: await client.read(`reports/trial-balance?at=2030-01-01${query}`),
  });

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client));
    [subscription] = (await client.read(`subscriptions?accountId=${account.id}`)).data;
    const { revision, position, recordedAt } = await client.read(`accounts/${account.id}/state`);
    const last = await recount.store.lastPosition();
    before = [`revision:${revision}`, `position:${last}`, recordedAt];
    expect(BigInt(position)).toBeLessThanOrEqual(last);
    servedBefore = { ...(await everything('')), ...(await reports('')) };
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('45.00'), receivedOn: '2025-02-03' });
    await client.done('PATCH', `accounts/${account.id}`, { name: 'Renamed', netTermsDays: 3 });
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: '2025-02-20T00:00:00Z' });
    await subscribe(client, account.id, { startAt: FEBRUARY.start });
  });

  it('of one account is what was served then, by revision, position and instant', async () => {
    const { account: a, book, invoice: i, subscription: s } = servedBefore;
    for (const moment of before) {
      expect(await everything(`asOf=${encodeURIComponent(moment)}`)).toEqual({
        account: a,
        book,
        invoice: i,
        subscription: s,
      });
    }
    expect(await everything('')).not.toEqual({ account: a, book, invoice: i, subscription: s });
  });

  /** Names are those of today: what somebody is called is no part of the books. */
  const withoutNames = (report: unknown): unknown =>
    JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'name' ? undefined : value)));

  it('of the whole tenant is what the reports said then', async () => {
    const { mrr, aging, balance } = servedBefore;
    const [, position, instant] = before;
    for (const moment of [position, instant]) {
      const then = await reports(`&asOf=${encodeURIComponent(moment)}`);
      expect(withoutNames(then)).toEqual(withoutNames({ mrr, aging, balance }));
    }
    expect(await reports('')).not.toEqual({ mrr, aging, balance });
  });

  it('is told with the revision that it is of', async () => {
    const answer = await client.get(`accounts/${account.id}?asOf=${before[0]}`);
    expect(answer.headers.get('etag')).toBe(`"${before[0].slice('revision:'.length)}"`);
    const state = await client.read(`accounts/${account.id}/state?asOf=revision:0`);
    expect(state).toMatchObject({ revision: 0, subscriptions: [], invoices: [], payments: [], ledgerAccounts: [] });
  });

  it('has nothing that was not there yet', async () => {
    const opened = await client.read(`accounts/${account.id}/state?asOf=revision:0`);
    const earlier = `position:${BigInt(opened.position) - 1n}`;
    for (const path of [
      `accounts/${account.id}`,
      `accounts/${account.id}/state`,
      `accounts/${account.id}/book`,
      `invoices/${invoice.id}`,
      `subscriptions/${subscription.id}`,
    ]) {
      expect(await client.get(`${path}?asOf=${earlier}`)).toMatchObject({
        status: 404,
        body: { code: 'account_not_found' },
      });
    }
    expect(await client.get(`invoices/${invoice.id}?asOf=revision:0`)).toMatchObject({
      status: 404,
      body: { code: 'invoice_not_found' },
    });
    expect(await reports(`&asOf=${earlier}`)).toEqual({ mrr: [], aging: [], balance: [] });
  });

  it('in business time is what counted by then, as known now', async () => {
    const at = (instant: string) => client.read(`accounts/${account.id}/state?effectiveAt=${instant}`);
    const january = await at('2025-01-15T00:00:00Z');
    expect(january.subscriptions).toEqual([expect.objectContaining({ id: subscription.id, status: 'canceled' })]);
    expect(january).toMatchObject({ invoices: [], payments: [], ledgerAccounts: [] });
    const march = await at('2025-03-01T00:00:00Z');
    expect(march.subscriptions).toHaveLength(2);
    expect(march.subscriptions[0]).toMatchObject({ status: 'ended' });
    expect(march.payments).toHaveLength(1);
    expect(balances(march)).toEqual({ cash: '45.00', customer_credit: '45.00' });
    const now = await at(new Date().toISOString());
    expect(balances(now)).toMatchObject({ cash: '45.00', receivable: '0.00' });
  });

  it('on reports has both axes', async () => {
    const [mrr] = await client.read('reports/mrr?from=2025-01-01&to=2025-04-01');
    expect(mrr.points.map(({ at, mrr: amount }: Any) => [at, amount])).toEqual([
      [JANUARY.start, usd('20.00')],
      [FEBRUARY.start, usd('20.00')],
      [FEBRUARY.end, usd('20.00')],
    ]);
    expect(mrr.points[1].movements).toMatchObject({ expansion: usd('20.00'), contraction: usd('-20.00') });
    expect(await client.read('reports/trial-balance?at=2025-02-03')).toMatchObject([
      { balanced: true, totalDebits: usd('45.00') },
    ]);
    expect(await client.read('reports/trial-balance?at=2025-02-02')).toEqual([]);
  });

  it('is asked for by what names a moment', async () => {
    for (const asOf of ['yesterday', 'revision:-1', 'position:x', 'revision:1.5', '2025-02-30T00:00:00Z']) {
      expect(await client.get(`accounts/${account.id}?asOf=${encodeURIComponent(asOf)}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_as_of' },
      });
    }
    expect(await client.get('reports/trial-balance?asOf=revision:3')).toMatchObject({
      status: 400,
      body: { code: 'invalid_as_of' },
    });
    const far = await client.read(`accounts/${account.id}?asOf=revision:999999999999999999`);
    expect(far).toEqual(await client.read(`accounts/${account.id}`));
  });
});

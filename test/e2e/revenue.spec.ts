import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { expectVerified } from './verified.js';
import { balances, openAccount, reading, recordUsage, withCatalog } from './samples.js';

/** Years ahead of the clock on the wall: only the clock of the tenant lets months pass. */
const START = '2030-01-15T00:00:00Z';

/** 20.00 from the 15th to the 15th in advance, and 20.00 for the tokens of January in arrears. */
describe('revenue in the month of the service', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let tenant: Any;
  let account: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    tenant = await recount.client.create('tenants', { name: 'Trial Ltd', mode: 'test', startAt: START });
    await recount.caughtUp();
    client = recount.client.withKey(tenant.apiKey);
    await withCatalog(client);
    account = await openAccount(client);
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await client.create(`test-clocks/${tenant.testClockId}/advance`, { to: '2030-01-21T00:00:00Z' });
    await recordUsage(client, [reading(account.id, 3_000, '2030-01-20T12:00:00Z')]);
  });

  const advance = (to: string): Promise<Any> => client.create(`test-clocks/${tenant.testClockId}/advance`, { to });
  const recognized = async (query = ''): Promise<[string, string, string][]> => {
    const [report] = await client.read(`reports/revenue-recognition?from=2030-01&to=2030-03${query}`);
    return report.months.map((one: Any) => [one.month, one.recognized.amount, one.booked.amount]);
  };
  const deferred = async (query = ''): Promise<string[]> => {
    const [report] = await client.read(`reports/deferred-revenue?from=2030-01&to=2030-03${query}`);
    return report.months.map((one: Any) =>
      [one.month, one.opening, one.added, one.released, one.closing, one.unbilled]
        .map((told) => told.amount ?? told)
        .join(' '),
    );
  };
  const bookedThrough = (month: string): Promise<unknown> =>
    eventually(
      () => recognized(),
      (months) => months.some(([one, , booked]) => one === month && booked !== '0.00'),
      `the booking of ${month}`,
    );
  const bookAt = async (day: string): Promise<Record<string, string>> => {
    const [{ ledgerAccounts }] = await client.read(`reports/trial-balance?at=${day}`);
    return balances({ ledgerAccounts });
  };

  it('is known before the month is over: 17 days of the fee', async () => {
    await eventually(
      () => client.read('invoices'),
      ({ data }) => data.length === 1,
    );
    // 20.00 × 17 ÷ 31; nobody knows yet what will be used.
    expect(await recognized()).toEqual([
      ['2030-01', '10.97', '0.00'],
      ['2030-02', '9.03', '0.00'],
      ['2030-03', '0.00', '0.00'],
    ]);
    expect(await bookAt('2030-01-31')).toMatchObject({ deferred_revenue: '20.00', receivable: '20.00' });
  });

  it('is booked by itself when the month is over, with what was used in it', async () => {
    await advance('2030-02-04T00:00:00Z');
    await bookedThrough('2030-01');
    expect((await recognized())[0]).toEqual(['2030-01', '30.97', '30.97']);
    expect(await deferred()).toEqual([
      '2030-01 0.00 9.03 0.00 9.03 20.00',
      '2030-02 9.03 0.00 9.03 0.00 20.00',
      '2030-03 0.00 0.00 0.00 0.00 20.00',
    ]);
    expect(await bookAt('2030-01-31')).toEqual({
      receivable: '20.00',
      unbilled_receivable: '20.00',
      deferred_revenue: '9.03',
      revenue: '30.97',
    });
  });

  it('counts in the next month what the invoice says more, and the fee of the next period', async () => {
    await advance('2030-03-04T00:00:00Z');
    await bookedThrough('2030-02');
    // 9.03, and 14 of the 28 days from 15 February on.
    expect(await recognized()).toEqual([
      ['2030-01', '30.97', '30.97'],
      ['2030-02', '19.03', '19.03'],
      ['2030-03', '10.00', '0.00'],
    ]);
    expect(await bookAt('2030-02-28')).toEqual({
      receivable: '60.00',
      unbilled_receivable: '0.00',
      deferred_revenue: '10.00',
      revenue: '50.00',
    });
    const { data } = await client.read(`accounts/${account.id}/transfers?limit=200`);
    expect(data.map(({ rule }: Any) => rule)).toEqual(
      expect.arrayContaining(['revenue_released', 'revenue_accrued', 'invoice_finalized']),
    );
  });

  it('was known otherwise before the second invoice', async () => {
    const { data } = await client.read(`accounts/${account.id}/transfers?limit=200`);
    const accrued = data.find(({ rule }: Any) => rule === 'revenue_accrued');
    expect(await recognized(`&asOf=${accrued.recordedAt}`)).toEqual([
      ['2030-01', '30.97', '30.97'],
      ['2030-02', '9.03', '0.00'],
      ['2030-03', '0.00', '0.00'],
    ]);
  });

  it('is refused where months are none, or go backwards', async () => {
    for (const query of ['from=2030-13&to=2030-14', 'from=2030-03&to=2030-01', 'from=2030-01-01&to=2030-02-01'])
      expect((await client.get(`reports/revenue-recognition?${query}`)).status).toBe(400);
    expect((await client.get('reports/deferred-revenue?from=1000-01&to=2999-12')).body).toMatchObject({
      code: 'too_many_points',
    });
    expect((await client.get('reports/deferred-revenue?from=2030-01&to=2030-02&asOf=revision:1')).status).toBe(400);
  });

  it('is in the read models what it is in the log', () => expectVerified(client));

  it('is had as CSV', async () => {
    const { body } = await client.get('reports/deferred-revenue?from=2030-01&to=2030-02', { accept: 'text/csv' });
    expect(String(body).split('\r\n').slice(0, 3)).toEqual([
      'currency,month,opening,added,released,closing,unbilled',
      'USD,2030-01,0.00,9.03,0.00,9.03,20.00',
      'USD,2030-02,9.03,10.00,9.03,10.00,0.00',
    ]);
  });
});

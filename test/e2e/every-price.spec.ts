import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { PRICED_METERS, PRICED_PLAN } from './every-price.js';
import {
  bill,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

const call = (accountId: string, id: string, at: string, properties: object) => ({
  id,
  event: 'call',
  accountId,
  at,
  properties,
});

/** One story, told in order: each step begins where the one before it ended. */
describe('a plan with every price, measured by every aggregation', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;

  const amounts = async (billThrough: string): Promise<Record<string, string>> => {
    const [invoice] = await invoicesOf(client, await bill(client, billThrough));
    const sum = invoice.lines.reduce((total: number, line: Any) => total + Number(line.amount.amount) * 100, 0);
    expect(Math.round(sum)).toBe(Math.round(Number(invoice.subtotal.amount) * 100));
    return Object.fromEntries(
      invoice.lines.map(({ kind, charge, period, amount }: Any) => [
        `${charge} ${kind} ${period.start.slice(0, 7)}`,
        amount.amount,
      ]),
    );
  };

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    for (const meter of PRICED_METERS) await client.create('meters', meter);
    await client.create('plans', PRICED_PLAN);
    account = await openAccount(client, { externalId: 'ada' });
    await subscribe(client, account.id, { plan: PRICED_PLAN.key });
    await recordUsage(client, [
      call(account.id, 'r1', JANUARY.start, { tokens: 1_000, user: 'a', region: 'eu', gauge: 10, value: '100' }),
      call(account.id, 'r2', '2025-01-16T12:00:00Z', {
        tokens: 500,
        user: 'b',
        region: 'us',
        gauge: 30,
        value: '50.50',
      }),
      call(account.id, 'r3', '2025-01-20T00:00:00Z', { tokens: 250, user: 'a', region: 'eu', gauge: 20, value: '10' }),
      { id: 's1', event: 'seats', accountId: account.id, at: '2025-01-22T00:00:00Z', properties: { added: 10 } },
    ]);
  });

  it('is shown with its prices as they were published', async () => {
    const { charges } = await client.read(`plans/${PRICED_PLAN.key}`);
    expect(charges.map(({ price }: Any) => price)).toEqual(PRICED_PLAN.charges.map(({ price }) => price));
  });

  it('is billed', async () => {
    expect(await amounts(JANUARY.end)).toEqual({
      'fee recurring 2025-01': '20.00',
      'fee recurring 2025-02': '20.00',
      'tokens usage 2025-01': '17.50',
      'calls usage 2025-01': '2.50',
      'peak usage 2025-01': '20.00',
      'users usage 2025-01': '3.00',
      'payments usage 2025-01': '4.11',
      'transactions usage 2025-01': '13.05',
      'advances usage 2025-01': '0.15',
      'capacity usage 2025-01': '12.74',
      'regions usage 2025-01': '30.00',
      'thousands usage 2025-01': '2.00',
      // The maxima of three days, 10 + 30 + 20.
      'peaks usage 2025-01': '6.00',
      'seats usage 2025-01': '10.00',
      // Ten seats for ten of 31 days, five in each tier: 50/31 × 10 + 50/31 × 5, and both tiers were entered.
      'seat_tiers usage 2025-01': '174.19',
      // Nine fixed days of thirty are left on the 22nd: three seats at the price of ten.
      'seat_volume usage 2025-01': '65.00',
    });
  });

  it('shows the steps of each price', async () => {
    const [{ id }] = (await client.read(`invoices?accountId=${account.id}`)).data;
    const { lines } = await client.read(`invoices/${id}`);
    const steps = (charge: string) => lines.find((line: Any) => line.charge === charge).steps;
    expect(steps('regions')).toEqual([
      { quantity: '1250', unitAmount: '0.02', group: { region: 'eu' }, amount: '25' },
      { quantity: '500', unitAmount: '0.01', group: { region: 'us' }, amount: '5' },
    ]);
    expect(steps('thousands')).toEqual([
      { quantity: '2', convertedFrom: '1750', amount: '0' },
      { quantity: '2', unitAmount: '1', amount: '2' },
    ]);
    expect(steps('seat_tiers')).toEqual([
      { tier: 1, quantity: '1.612903225806', unitAmount: '10', flat: '100', amount: '116.12903225806' },
      { tier: 2, quantity: '1.612903225806', unitAmount: '5', flat: '50', amount: '58.06451612903' },
    ]);
    expect(steps('seat_volume')).toEqual([
      { tier: 2, held: '10', quantity: '3', unitAmount: '5', flat: '50', amount: '65' },
    ]);
    expect(steps('transactions').map(({ amount }: Any) => amount)).toEqual(['6', '5.05', '2']);
  });

  it('takes amendments and retractions with a reason, once billed, too', async () => {
    const properties = { tokens: '1500', user: 'b', region: 'us', gauge: '30', value: '80' };
    const told = { ...properties, tokens: 1_500, gauge: 30 };
    const amended = await client.create('usage/r2/amend', { properties: told, reason: 'counted twice' });
    expect(amended).toMatchObject({ id: 'r2', accountId: account.id, status: 'amended' });
    const retracted = await client.create('usage/r3/retract', { reason: 'a load test' });
    expect(retracted).toMatchObject({ id: 'r3', status: 'retracted' });
    expect(await client.read('usage/r2')).toMatchObject({ properties, status: 'amended', reason: 'counted twice' });
    expect(await client.read('usage/r3')).toMatchObject({ status: 'retracted', reason: 'a load test' });
    const range = `from=${JANUARY.start}&to=${JANUARY.end}`;
    const report = await client.read(`accounts/external:ada/usage?meter=call_tokens&${range}&window=day`);
    expect(report).toMatchObject({ total: '2500', data: [{ quantity: '1000' }, { quantity: '1500' }] });
    const peaks = await client.read(`accounts/external:ada/usage?meter=peaks&${range}&window=month`);
    expect(peaks).toMatchObject({ total: '40', data: [{ quantity: '40', count: 2 }] });
  });

  it.each<[string, string, object, number, string]>([
    ['what was retracted', 'r3/amend', { properties: {}, reason: 'x' }, 422, 'reading_retracted'],
    ['what nobody recorded', 'r9/retract', { reason: 'x' }, 404, 'reading_not_found'],
    ['by what is no number', 'r1/amend', { properties: { tokens: 'x' }, reason: 'x' }, 422, 'invalid_decimal'],
    ['without a reason', 'r1/retract', {}, 400, 'invalid_request'],
  ])('does not correct %s', async (_, path, body, status, code) => {
    const answer = await client.post(`usage/${path}`, body, { 'idempotency-key': `${path} ${code}` });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('bills the difference, and nothing twice', async () => {
    expect(await amounts(JANUARY.end)).toEqual({
      'tokens late_usage 2025-01': '7.50',
      'calls late_usage 2025-01': '-0.50',
      'payments late_usage 2025-01': '0.09',
      'transactions late_usage 2025-01': '-1.05',
      'advances late_usage 2025-01': '1.40',
      'capacity late_usage 2025-01': '-2.74',
      'regions late_usage 2025-01': '5.00',
      'thousands late_usage 2025-01': '1.00',
      'peaks late_usage 2025-01': '-2.00',
    });
    expect(await invoicesOf(client, await bill(client, JANUARY.end))).toEqual([]);
  });

  it('carries what recurs into the next period', async () => {
    const [invoice] = await invoicesOf(client, await bill(client, FEBRUARY.end));
    const seats = invoice.lines.find(({ charge }: Any) => charge === 'seats');
    expect(seats).toMatchObject({ quantity: '10', amount: usd('31.00') });
    const tiers = invoice.lines.find(({ charge }: Any) => charge === 'seat_tiers');
    expect(tiers).toMatchObject({ quantity: '10', amount: usd('225.00') });
  });

  it('is found right by a verification of the log', async () => {
    await expectVerified(client, account);
  });
});

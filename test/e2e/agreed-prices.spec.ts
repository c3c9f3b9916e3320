import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
import {
  bill,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

/** The fee with 12.5 % off, and the second tier of tokens for half. */
const OVERRIDES = {
  fee: { discountBasisPoints: 1_250 },
  tokens: { tiers: [{ tier: 2, unitAmount: '0.005' }], minimum: '1.00' },
};

/** One story, told in order. */
describe('a subscription with prices of its own', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let subscription: Any;

  const amounts = ({ lines }: Any) =>
    lines.map(({ charge, amount, override }: Any) => ({ charge, amount: amount.amount, override }));
  const january = [
    { charge: 'fee', amount: '17.50', override: OVERRIDES.fee },
    { charge: 'fee', amount: '17.50', override: OVERRIDES.fee },
    { charge: 'tokens', amount: '2.50', override: OVERRIDES.tokens },
  ];

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client);
    subscription = await subscribe(client, account.id, { overrides: OVERRIDES });
    await recordUsage(client, [reading(account.id, 1_500, '2025-01-10T12:00:00Z')]);
  });

  it('says what was agreed', async () => {
    expect(subscription.overrides).toEqual(OVERRIDES);
    expect((await client.read(`subscriptions/${subscription.id}`)).overrides).toEqual(OVERRIDES);
    expect((await client.read(`subscriptions/${subscription.id}?asOf=${new Date().toISOString()}`)).overrides).toEqual(
      OVERRIDES,
    );
    expect((await subscribe(client, account.id)).overrides).toEqual({});
  });

  it('is previewed, billed and billed again by them', async () => {
    const { data } = await client.read(`subscriptions?accountId=${account.id}`);
    const plain = data.find(({ id }: Any) => id !== subscription.id);
    await client.create(`subscriptions/${plain.id}/cancel`, { at: JANUARY.start });
    const { preview } = await client.create('billing-runs', { billThrough: JANUARY.end, dryRun: true });
    expect(amounts(preview[0])).toEqual(january);
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end));
    expect(amounts(invoice)).toEqual(january);
    expect(invoice.lines[0].steps.at(-1)).toEqual({ discount: 1_250, amount: '-2.5' });
    await recordUsage(client, [reading(account.id, 100, '2025-01-11T12:00:00Z')]);
    const [late] = await invoicesOf(client, await bill(client, JANUARY.end));
    expect(amounts(late)).toEqual([{ charge: 'tokens', amount: '0.50', override: OVERRIDES.tokens }]);
  });

  it('has them in the next invoice', async () => {
    await bill(client, FEBRUARY.end);
    expect((await client.read(`accounts/${account.id}/upcoming-invoice`)).lines[0]).toMatchObject({
      charge: 'fee',
      amount: usd('17.50'),
    });
  });

  it('counts for revenue at what is paid', async () => {
    const [report] = await client.read('reports/mrr?from=2025-01-01&to=2025-02-01');
    expect(report.points[0].mrr).toEqual(usd('17.50'));
  });

  it('is found right by a verification of the log', async () => {
    await expectVerified(client, account);
  });
});

const FIFTH_OFF = { fee: { discountBasisPoints: 2_000 } };
const MIDDLE = '2025-01-17T00:00:00Z';
const OVER = '2025-02-15T00:00:00Z';

/** One story, told in order: 20 % off from 17 January, with 15 of 31 days left, to 15 February, with 14 of 28 days left. */
describe('a discount that is agreed while a subscription runs', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let subscription: Any;
  let before: string;

  const change = (body: object): Promise<Any> => client.done('POST', `subscriptions/${subscription.id}/changes`, body);
  const refusal = async (overrides: object) => {
    const { status, body } = await client.post(`subscriptions/${subscription.id}/changes`, { at: MIDDLE, overrides });
    return [status, body.code, body.errors?.[0].pointer];
  };
  const told = (lines: Any[]): string[] =>
    lines
      .map(({ charge, kind, period, amount }) => `${charge} ${kind} ${period.start.slice(5, 10)} ${amount.amount}`)
      .sort();
  const billed = async (billThrough: string): Promise<string[]> => {
    const invoices = await invoicesOf(client, await bill(client, billThrough));
    return invoices.flatMap(({ lines }: Any) => told(lines));
  };
  const upcoming = async () => told((await client.read(`accounts/${account.id}/upcoming-invoice`)).lines);
  const agreedAt = async (query: string): Promise<Any> =>
    (await client.read(`subscriptions/${subscription.id}?${query}`)).overrides;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    await withCatalog(client);
    account = await openAccount(client);
    subscription = await subscribe(client, account.id);
    await recordUsage(client, [
      reading(account.id, 900, '2025-01-10T12:00:00Z'),
      reading(account.id, 800, '2025-01-20T12:00:00Z'),
    ]);
    await bill(client, JANUARY.start);
    before = `revision:${(await client.read(`accounts/${account.id}/state`)).revision}`;
  });

  it('is refused for what the plan has not, and where it contradicts itself', async () => {
    const limits = { minimum: '5', maximum: '4' };
    expect(await refusal({ seats: FIFTH_OFF.fee })).toEqual([422, 'charge_not_found', '/overrides/seats']);
    expect(await refusal({ seats: null })).toEqual([422, 'charge_not_found', '/overrides/seats']);
    expect(await refusal({ fee: { tiers: [{ tier: 1 }] } })).toEqual([
      422,
      'tier_not_found',
      '/overrides/fee/tiers/0/tier',
    ]);
    expect(await refusal({ tokens: limits })).toEqual([422, 'maximum_below_minimum', '/overrides/tokens/maximum']);
    expect(await refusal({ fee: null })).toEqual([422, 'nothing_changes', undefined]);
  });

  // Of 20.00, 15 of 31 days are 9.68 at the price of the plan, and 7.74 with a fifth off.
  const difference = ['fee correction 01-01 -9.68', 'fee recurring 01-17 7.74'];

  it('is previewed, and nothing is agreed by that', async () => {
    const { overrides, preview } = await change({ at: MIDDLE, overrides: FIFTH_OFF, dryRun: true });
    expect(overrides).toEqual(FIFTH_OFF);
    expect(told(preview.lines)).toEqual(difference);
    expect(preview.total).toEqual(usd('-1.94'));
    expect(await agreedAt('')).toEqual({});
  });

  it('counts from its day on, and before it, what was agreed by then', async () => {
    expect(await change({ at: MIDDLE, overrides: FIFTH_OFF })).toMatchObject({ plan: 'pro', overrides: FIFTH_OFF });
    expect(await agreedAt('')).toEqual(FIFTH_OFF);
    expect(await agreedAt(`effectiveAt=${MIDDLE}`)).toEqual(FIFTH_OFF);
    expect(await agreedAt('effectiveAt=2025-01-16T23:59:59Z')).toEqual({});
    expect(await agreedAt(`asOf=${before}`)).toEqual({});
    expect(await refusal(FIFTH_OFF)).toEqual([422, 'nothing_changes', undefined]);
  });

  it('is billed by the difference, and leaves the free tokens of the month whole', async () => {
    const months = ['fee recurring 02-01 16.00', 'fee recurring 03-01 16.00', 'tokens usage 01-01 7.00'];
    expect(await upcoming()).toEqual(expect.arrayContaining([...difference, ...months]));
    expect(await billed(MIDDLE)).toEqual(difference);
    expect(await upcoming()).toEqual(expect.arrayContaining(months));
    expect(await upcoming()).not.toEqual(expect.arrayContaining(difference));
    expect(await billed(JANUARY.end)).toEqual(['fee recurring 02-01 16.00', 'tokens usage 01-01 7.00']);
  });

  it('is over when it is taken back', async () => {
    expect((await change({ at: OVER, overrides: { fee: null } })).overrides).toEqual({});
    expect(await agreedAt(`effectiveAt=${MIDDLE}`)).toEqual(FIFTH_OFF);
    expect(await upcoming()).toEqual(
      expect.arrayContaining(['fee correction 02-01 -8.00', 'fee recurring 02-15 10.00', 'fee recurring 03-01 20.00']),
    );
    // Half of 16.00 comes back, half of 20.00 is charged.
    expect(await billed(OVER)).toEqual(['fee correction 02-01 -8.00', 'fee recurring 02-15 10.00']);
    expect(await billed(FEBRUARY.end)).toEqual(['fee recurring 03-01 20.00', 'tokens usage 02-01 0.00']);
  });

  it('moves recurring revenue', async () => {
    const [report] = await client.read('reports/mrr?from=2025-01-01&to=2025-03-01');
    expect(report.points).toMatchObject([
      { mrr: usd('16.00'), movements: { new: usd('20.00'), contraction: usd('-4.00') } },
      { mrr: usd('20.00'), movements: { expansion: usd('4.00') } },
    ]);
  });

  it('is listed as long as it lies ahead, with what is agreed by then', async () => {
    const { id } = await subscribe(client, account.id, { startAt: new Date().toISOString(), overrides: OVERRIDES });
    const path = `subscriptions/${id}/changes`;
    await client.done('POST', path, { at: 'period_end', overrides: { fee: null } });
    const listed = async () => (await client.read(path)).map(({ kind, overrides }: Any) => ({ kind, overrides }));
    expect(await listed()).toEqual([{ kind: 'quantity', overrides: { tokens: OVERRIDES.tokens } }]);
    await client.done('POST', path, { at: 'now', overrides: { tokens: { minimum: '2.00' } } });
    expect(await listed()).toEqual([{ kind: 'quantity', overrides: { tokens: { minimum: '2.00' } } }]);
    expect((await client.read(`subscriptions/${id}`)).overrides).toEqual({
      ...OVERRIDES,
      tokens: { minimum: '2.00' },
    });
  });

  it('is found right by a verification of the log', async () => {
    await expectVerified(client, account);
  });
});

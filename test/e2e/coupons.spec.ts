import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { leaveReservation } from '../services/left-reservation.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  balances,
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

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
});

const launch = { name: 'Launch', percent: '20', duration: 'forever' };
const asked = async (path: string, body: object): Promise<Any> =>
  (await client.ask('POST', path, body, { headers: { 'idempotency-key': crypto.randomUUID() } })).body;
const refusal = async (path: string, body: object) => {
  const { status, code, errors } = await asked(path, body);
  return { status, code, at: errors?.[0]?.pointer };
};

/** One story, told in order. */
describe('coupons', () => {
  it('are defined once, and found by their code, in capitals or not', async () => {
    const coupon = await client.create('coupons', { ...launch, code: 'launch20', maxRedemptions: 2 });
    expect(coupon).toMatchObject({ code: 'LAUNCH20', percent: '20', amounts: [], redemptions: 0, archived: false });
    const { log: _, ...told } = coupon;
    await recount.caughtUp();
    expect(await client.read('coupons/Launch20')).toEqual(told);
    expect((await client.read('coupons')).data).toEqual([told]);
    expect(await refusal('coupons', { ...launch, code: 'LAUNCH20' })).toMatchObject({
      status: 409,
      code: 'coupon_already_exists',
    });
    expect(await refusal('coupons', { ...launch, code: 'X', amounts: [usd('1.00')] })).toMatchObject({
      code: 'invalid_discount',
      at: '/percent',
    });
    expect(await refusal('coupons', { ...launch, code: 'X', duration: 'periods' })).toMatchObject({
      code: 'invalid_discount',
      at: '/periods',
    });
    expect(await refusal('coupons', { ...launch, code: 'X', plans: ['pro', 'none'] })).toMatchObject({
      status: 404,
      code: 'plan_not_found',
      at: '/plans/1',
    });
  });

  it('take something off what a subscription that begins with them costs', async () => {
    const account = await openAccount(client);
    const subscription = await subscribe(client, account.id, { coupons: ['launch20'] });
    await recordUsage(client, [reading(account.id, 1_500, '2025-01-10T12:00:00Z')]);
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    // Twice 20.00, and 5.00 of usage.
    expect(invoice).toMatchObject({ subtotal: usd('36.00'), total: usd('36.00'), amountDue: usd('36.00') });
    const [discount] = await client.read(`subscriptions/${subscription.id}/discounts`);
    expect(discount).toMatchObject({
      coupon: 'LAUNCH20',
      name: 'Launch',
      percent: '20',
      from: '2025-01-01',
      until: null,
    });
    const off = (amount: string) => [{ discountId: discount.id, name: 'Launch', amount: usd(amount) }];
    expect(
      invoice.lines.map(({ charge, grossAmount, amount, discounts }: Any) => [charge, grossAmount, discounts, amount]),
    ).toEqual(
      expect.arrayContaining([
        ['fee', usd('20.00'), off('4.00'), usd('16.00')],
        ['tokens', usd('5.00'), off('1.00'), usd('4.00')],
      ]),
    );
    await recordUsage(client, [reading(account.id, 100, '2025-01-20T12:00:00Z')]);
    const [late] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    expect(late).toMatchObject({ total: usd('0.80') });
    expect(balances(await client.read(`accounts/${account.id}/book`))).toMatchObject({ receivable: '36.80' });
    const [mrr] = await client.read('reports/mrr?from=2025-01-01&to=2025-02-01');
    expect(mrr.points.at(-1)).toMatchObject({ mrr: usd('16.00') });
    await recount.caughtUp();
    expect(await client.read('coupons/LAUNCH20')).toMatchObject({ redemptions: 1 });
    expect((await client.read('coupons/LAUNCH20/redemptions')).data).toEqual([
      expect.objectContaining({ discountId: discount.id, accountId: account.id, status: 'redeemed' }),
    ]);
    await expectVerified(client, account);
  });

  it('are applied to a subscription that is there, or refused', async () => {
    const account = await openAccount(client);
    const { id } = await subscribe(client, account.id);
    const path = `subscriptions/${id}/discounts`;
    expect(await asked(path, { coupon: 'LAUNCH20', dryRun: true })).toMatchObject({ coupon: 'LAUNCH20' });
    expect(await client.read(path)).toEqual([]);
    expect(await client.create(path, { coupon: 'launch20' })).toMatchObject({ coupon: 'LAUNCH20' });
    expect(await refusal(path, { coupon: 'LAUNCH20' })).toEqual({
      status: 422,
      code: 'coupon_exhausted',
      at: '/coupon',
    });
    expect(await refusal(path, { coupon: 'NOBODY' })).toMatchObject({ status: 404, code: 'coupon_not_found' });
    expect(await refusal(path, { coupon: 'LAUNCH20', percent: '5' })).toMatchObject({
      code: 'invalid_discount',
      at: '/percent',
    });
    await client.create('coupons', { ...launch, code: 'OVER', redeemBy: '2025-01-01T00:00:00Z' });
    expect(await refusal(path, { coupon: 'OVER' })).toMatchObject({ code: 'coupon_expired', at: '/coupon' });
    await client.create('coupons', { ...launch, code: 'GONE' });
    expect(await client.create('coupons/gone/archive')).toMatchObject({ code: 'GONE', archived: true });
    expect(await refusal(path, { coupon: 'GONE' })).toMatchObject({ code: 'coupon_archived', at: '/coupon' });
    await client.create('coupons', {
      ...launch,
      percent: undefined,
      code: 'EURO',
      amounts: [{ amount: '5.00', currency: 'EUR' }],
    });
    expect(await refusal(path, { coupon: 'EURO' })).toMatchObject({ code: 'currency_mismatch', at: '/coupon' });
    await client.create('coupons', { ...launch, code: 'ONCE', maxRedemptionsPerAccount: 1, maxRedemptions: 5 });
    await client.create(path, { coupon: 'ONCE' });
    expect(await refusal(path, { coupon: 'ONCE' })).toMatchObject({ code: 'coupon_already_redeemed', at: '/coupon' });
    await recount.caughtUp();
    expect((await client.read('coupons/ONCE/redemptions')).data).toHaveLength(1);
  });

  it('are redeemed as often as they may be, however many want them at once', async () => {
    await client.create('coupons', { ...launch, code: 'TEN', maxRedemptions: 10 });
    const customers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const account = await openAccount(client);
        return (await subscribe(client, account.id)).id as string;
      }),
    );
    await recount.caughtUp();
    const answers = await Promise.all(customers.map((id) => asked(`subscriptions/${id}/discounts`, { coupon: 'TEN' })));
    expect(answers.filter(({ coupon }) => coupon === 'TEN')).toHaveLength(10);
    expect(answers.filter(({ code }) => code === 'coupon_exhausted')).toHaveLength(40);
    await recount.caughtUp();
    expect(await client.read('coupons/TEN')).toMatchObject({ redemptions: 10 });
  });
});

describe('a redemption that a request left behind', () => {
  it('is given back by the agenda, where the account has no discount of it', async () => {
    const tenant = await recount.createTenant('Left');
    await withCatalog(tenant.client);
    await tenant.client.create('coupons', { ...launch, code: 'ONE', maxRedemptions: 1 });
    const account = await openAccount(tenant.client);
    const { id } = await subscribe(tenant.client, account.id);
    await leaveReservation(recount, { tenantId: tenant.tenantId, accountId: account.id, coupon: 'ONE' });
    await eventually(
      () => tenant.client.read('coupons/ONE/redemptions'),
      ({ data }) => data.length === 0,
    );
    expect(await tenant.client.create(`subscriptions/${id}/discounts`, { coupon: 'ONE' })).toMatchObject({
      coupon: 'ONE',
    });
  });
});

describe('a discount that was agreed', () => {
  it('is taken off until it is removed', async () => {
    const account = await openAccount(client);
    const { id } = await subscribe(client, account.id, { startAt: JANUARY.start });
    const path = `subscriptions/${id}/discounts`;
    const agreed = { name: 'Loyalty', amount: usd('5.00'), duration: 'periods', periods: 3 };
    const applied = await client.create(path, agreed);
    expect(applied).toMatchObject({ coupon: null, amount: usd('5.00'), periods: 3, removed: false });
    expect(await client.create(`${path}/${applied.id}/remove`)).toMatchObject({ removed: true, until: applied.from });
    expect(await client.read(path)).toMatchObject([{ id: applied.id, removed: true }]);
    expect(await refusal(`${path}/dsc_00000000000000000000000000/remove`, {})).toMatchObject({
      status: 404,
      code: 'discount_not_found',
    });
    expect(await refusal(path, { ...agreed, name: undefined })).toMatchObject({ at: '/name' });
    expect(await refusal(path, { ...agreed, amount: usd('0.00') })).toMatchObject({ at: '/amount/amount' });
    expect(await refusal(path, { ...agreed, charges: ['seats'] })).toMatchObject({ code: 'discount_not_applicable' });
    const [invoice] = await invoicesOf(client, await bill(client, FEBRUARY.start, { accounts: [account.id] }));
    expect(invoice.lines.flatMap(({ discounts }: Any) => discounts)).toEqual([]);
    await expectVerified(client, account);
  });
});

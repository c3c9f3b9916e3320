import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { reading } from './samples.js';

/** By a test clock, in a tenant that bills automatically: whatever comes of it, comes by itself. */
describe('a subscription that has ended', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let clock: Any;
  let account: Any;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    ({ client } = await recount.createTenant('After the end'));
    await client.create('meters', {
      key: 'calls',
      name: 'Calls',
      eventName: 'llm_request',
      aggregation: 'sum',
      valueProperty: 'tokens',
    });
    const plan = { currency: 'USD', interval: { unit: 'month', count: 1 } };
    const price = { model: 'per_unit', unitAmount: '1.00' };
    const usage = { key: 'calls', name: 'Calls', kind: 'usage', timing: 'in_arrears', meter: 'calls', price };
    const fee = {
      key: 'fee',
      name: 'Fee',
      kind: 'recurring',
      timing: 'in_advance',
      price: { model: 'flat', amount: '30.00' },
    };
    await client.create('plans', { ...plan, key: 'metered', name: 'Metered', charges: [usage] });
    await client.create('plans', { ...plan, key: 'flat', name: 'Flat', charges: [fee] });
  });

  beforeEach(async () => {
    clock = await client.create('test-clocks', { startAt: '2030-06-01T00:00:00Z' });
    account = await client.create('accounts', { name: 'Ada', currency: 'USD', test: true, testClockId: clock.id });
  });

  const subscribe = (plan: string): Promise<Any> => client.create('subscriptions', { accountId: account.id, plan });
  const advance = (day: string): Promise<Any> =>
    client.create(`test-clocks/${clock.id}/advance`, { to: `2030-${day}T00:00:00Z` });
  const use = (id: string, tokens: number, day: string): Promise<Any> =>
    client.create('usage', { events: [{ ...reading(account.id, tokens, `2030-${day}T10:00:00Z`), id }] });
  const invoices = async (): Promise<Any[]> =>
    (await client.read(`invoices?accountId=${account.id}`)).data.toReversed();
  const totals = async (): Promise<string[]> => (await invoices()).map(({ total }) => total.amount);

  const usedUntilTheEnd = async (): Promise<Any> => {
    const subscription = await subscribe('metered');
    await advance('06-20');
    await use(`${account.id} a`, 30, '06-10');
    await use(`${account.id} b`, 500, '06-11');
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: 'now' });
    await advance('06-25');
    expect(await totals()).toEqual(['530.00']);
    return subscription;
  };

  it('gives back by itself what is taken back of its usage', async () => {
    const { id } = await usedUntilTheEnd();
    await client.create(`usage/${encodeURIComponent(`${account.id} b`)}/retract?accountId=${account.id}`, {
      reason: 'Counted twice.',
    });
    await advance('08-25');
    expect(await totals()).toEqual(['530.00', '-500.00']);
    expect((await client.read(`subscriptions/${id}`)).nextBillAt).toBeNull();
  });

  it('bills by itself what comes late, once a day', async () => {
    await usedUntilTheEnd();
    await use(`${account.id} c`, 4, '06-19');
    expect(await totals()).toEqual(['530.00']);
    await use(`${account.id} d`, 3, '06-18');
    await advance('06-26');
    expect(await totals()).toEqual(['530.00', '7.00']);
    await use(`${account.id} e`, 2, '06-17');
    await advance('07-26');
    expect(await totals()).toEqual(['530.00', '7.00', '2.00']);
  });

  it('is billed again by itself after a void, and not with its next period', async () => {
    const subscription = await subscribe('flat');
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: 'period_end' });
    await advance('07-05');
    const [invoice] = await invoices();
    await client.create(`invoices/${invoice.id}/void`, { reason: 'A wrong address.' });
    expect(await totals()).toEqual(['30.00']);
    await advance('07-06');
    expect((await invoices()).map(({ status, total }) => [status, total.amount])).toEqual([
      ['void', '30.00'],
      ['open', '30.00'],
    ]);
    await advance('09-20');
    expect(await totals()).toHaveLength(2);
  });

  it('is not billed again after a void that gives it up, however much comes later', async () => {
    await usedUntilTheEnd();
    const [invoice] = await invoices();
    await client.create(`invoices/${invoice.id}/void`, { billAgain: false });
    await advance('07-06');
    expect(await totals()).toEqual(['530.00']);
    // Less usage gives nothing back that was never paid; more usage is billed beyond what was given up.
    await client.create(`usage/${encodeURIComponent(`${account.id} a`)}/retract?accountId=${account.id}`, {
      reason: 'Counted twice.',
    });
    await advance('07-10');
    expect(await totals()).toEqual(['530.00']);
    await use(`${account.id} f`, 40, '06-12');
    await advance('07-20');
    expect(await totals()).toEqual(['530.00', '10.00']);
  });

  it('keeps its account open until everything is billed that the upcoming invoice says', async () => {
    await usedUntilTheEnd();
    await use(`${account.id} c`, 4, '06-19');
    expect((await client.read(`accounts/${account.id}/upcoming-invoice`)).total.amount).toBe('4.00');
    const [invoice] = await invoices();
    await client.create(`invoices/${invoice.id}/payments`, { amount: invoice.total });
    const refused = await client.post(`accounts/${account.id}/close`, {});
    expect([refused.status, refused.body.code]).toEqual([422, 'account_has_unbilled_charges']);
    await advance('06-27');
    const [, late] = await invoices();
    await client.create(`invoices/${late.id}/payments`, { amount: late.total });
    expect(await client.create(`accounts/${account.id}/close`, {})).toMatchObject({ status: 'closed' });
  });
});

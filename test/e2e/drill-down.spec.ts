import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
import { billedAccount, openAccount, PLAN, subscribe, usd, withCatalog } from './samples.js';

describe('what stands behind reports', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    await withCatalog(client);
    const fee = { ...PLAN.charges[0], price: { model: 'flat', amount: '50.00' } };
    await client.create('plans', { ...PLAN, key: 'team', charges: [fee] });
    ({ account, invoice } = await billedAccount(client, { name: 'Ada Lovelace Ltd' }));
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('5.00') });
  });

  it('are the invoices that are owed, with their numbers and the names of who owes them', async () => {
    const { issueDate, dueOn, number } = await client.read(`invoices/${invoice.id}`);
    const [aging] = await client.read(`reports/ar-aging?at=${issueDate}`);
    expect(aging.accounts).toEqual([
      expect.objectContaining({
        accountId: account.id,
        name: 'Ada Lovelace Ltd',
        total: usd('40.00'),
        invoices: [{ id: invoice.id, number, dueOn, daysPastDue: -30, bucket: 'current', amountDue: usd('40.00') }],
      }),
    ]);
  });

  const movements = async (query = ''): Promise<Any[]> =>
    client.read(`reports/mrr/movements?from=2025-01-01&to=2100-01-01${query}`);

  it('are the subscriptions that moved recurring revenue, with plans, actors and reasons', async () => {
    const grace = await openAccount(client, { name: 'Grace Hopper Inc', externalId: 'grace' });
    const subscription = await subscribe(client, grace.id);
    await client.done(
      'POST',
      `subscriptions/${subscription.id}/changes`,
      { plan: 'team', at: 'now' },
      { 'x-reason': 'asked by mail' },
    );
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: 'now' });
    const found = await movements('&accountId=external:grace');
    expect(
      found.map(({ kind, amount, planBefore, planAfter }: Any) => [kind, amount.amount, planBefore, planAfter]),
    ).toEqual([
      ['new', '20.00', null, 'pro'],
      ['expansion', '30.00', 'pro', 'team'],
      ['churn', '-50.00', 'team', null],
    ]);
    expect(found[1]).toMatchObject({
      accountId: grace.id,
      accountName: 'Grace Hopper Inc',
      subscriptionId: subscription.id,
      cause: 'SubscriptionPlanChanged',
      reason: 'asked by mail',
      actor: { type: 'api_key' },
      exactAmount: '30',
    });
    expect((await movements('&kind=churn')).map(({ accountId }) => accountId)).toEqual([grace.id]);
    const [report] = await client.read('reports/mrr?from=2025-01-01&to=2100-01-01&interval=year');
    const total = (await movements()).reduce((sum, { amount }) => sum + BigInt(amount.amount.replace('.', '')), 0n);
    expect(total).toBe(BigInt(report.points.at(-1).mrr.amount.replace('.', '')));
  });

  it('name nobody who was erased', async () => {
    await client.create('accounts/external:grace/erase');
    const found = await movements('&kind=churn');
    expect(found.map(({ accountName }) => accountName)).toEqual([null]);
    expect(JSON.stringify(await client.read('reports/ar-aging'))).not.toContain('Grace');
  });

  it('are nobody else’s', async () => {
    expect(
      (await client.get('reports/mrr/movements?from=2025-01-01&to=2026-01-01&accountId=external:nobody')).body,
    ).toMatchObject([]);
    expect((await client.get('reports/mrr/movements?from=2025-01-01&to=2026-01-01&kind=joy')).status).toBe(400);
  });
});

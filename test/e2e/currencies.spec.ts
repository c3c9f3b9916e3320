import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, invoicesOf, JANUARY, METER, openAccount, reading, recordUsage, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const perUnit = (unitAmount: string) => ({ model: 'per_unit', unitAmount });
const PLAN = {
  key: 'world',
  name: 'World',
  currency: 'USD',
  interval: { unit: 'month', count: 1 },
  charges: [
    {
      key: 'fee',
      name: 'Fee',
      kind: 'recurring',
      timing: 'in_advance',
      price: { model: 'flat', amount: '40' },
      currencyOptions: {
        EUR: { price: { model: 'flat', amount: '35.50' } },
        JPY: { price: { model: 'flat', amount: '6000' } },
      },
    },
    {
      key: 'tokens',
      name: 'Tokens',
      kind: 'usage',
      timing: 'in_arrears',
      meter: METER.key,
      price: perUnit('0.01'),
      currencyOptions: { EUR: { price: perUnit('0.009') }, JPY: { price: perUnit('1.5') } },
    },
  ],
};

describe('one plan in several currencies', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    const plan = await client.create('plans', PLAN);
    expect(plan.charges[0].currencyOptions.JPY).toEqual({ price: { model: 'flat', amount: '6000' } });
  });

  // 1,001 tokens, and the fees of two months.
  it.each([
    ['USD', '90.01', ['40.00', '40.00', '10.01']],
    ['EUR', '80.01', ['35.50', '35.50', '9.01']],
    ['JPY', '13502', ['6000', '6000', '1502']],
  ])('bills each in its own: %s', async (currency, total, amounts) => {
    const account = await openAccount(client, { currency });
    const body = { accountId: account.id, plan: 'world', startAt: JANUARY.start };
    const subscription = await client.create('subscriptions', body);
    await recordUsage(client, [reading(account.id, 1_001, '2025-01-10T12:00:00Z')]);
    const { data } = await client.read(`subscriptions/${subscription.id}/usage?to=2025-02-01T00:00:00Z`);
    expect(data[0]).toMatchObject({ charge: 'tokens', quantity: '1001', upcoming: { amount: amounts[2], currency } });
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    expect(invoice).toMatchObject({ currency, total: { amount: total, currency } });
    expect(invoice.lines.map(({ amount }: Any) => amount.amount)).toEqual(amounts);
    await expectVerified(client, account);
  });

  it('has none in others, and converts nothing', async () => {
    const account = await openAccount(client, { currency: 'GBP' });
    expect(await client.post('subscriptions', { accountId: account.id, plan: 'world' })).toMatchObject({
      status: 422,
      body: { code: 'currency_mismatch', errors: [{ pointer: '/plan' }] },
    });
  });
});

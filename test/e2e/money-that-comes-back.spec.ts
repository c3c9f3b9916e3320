import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, bill, openAccount, PLAN, usd, withCatalog } from './samples.js';

const JUNE = '2025-06-01T00:00:00Z';

describe('money that comes back', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    for (const amount of ['50.00', '30.00']) {
      const [fee] = PLAN.charges;
      await client.create('plans', {
        ...PLAN,
        key: `fee-${amount.slice(0, 2)}`,
        charges: [{ ...fee, price: { model: 'flat', amount } }],
      });
    }
  });

  const subscribed = async (plan: string): Promise<{ account: Any; subscription: Any; invoice: Any }> => {
    const account = await openAccount(client);
    const subscription = await client.create('subscriptions', { accountId: account.id, plan, startAt: JUNE });
    return { account, subscription, invoice: await billed(account, JUNE) };
  };
  const billed = async (account: Any, through: string): Promise<Any> => {
    const run = await bill(client, through, { accounts: [account.id] });
    const { data } = await client.read(`invoices?billingRunId=${run.id}`);
    return data[0];
  };
  const owed = async (invoice: Any): Promise<string> =>
    (await client.read(`invoices/${invoice.id}`)).amountDue.amount as string;
  const book = async (account: Any) => balances(await client.read(`accounts/${account.id}/book`));

  it('by the bank, after July drew on it: both invoices are owed in full', async () => {
    const { account, invoice: june } = await subscribed('fee-50');
    const payment = await client.create(`invoices/${june.id}/payments`, { amount: usd('80.00') });
    const july = await billed(account, '2025-07-01T00:00:00Z');
    expect([await owed(june), await owed(july)]).toEqual(['0.00', '20.00']);
    expect(await client.create(`payments/${payment.id}/reverse`)).toMatchObject({ status: 'reversed' });
    expect([await owed(june), await owed(july)]).toEqual(['50.00', '50.00']);
    expect(await book(account)).toMatchObject({ cash: '0.00', receivable: '100.00', customer_credit: '0.00' });
  });

  it('of one who leaves half way: the account closes once its 15.00 are paid out', async () => {
    const { account, subscription, invoice } = await subscribed('fee-30');
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('30.00') });
    const end = '2025-06-16T00:00:00Z';
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: end });
    await billed(account, end);
    await eventually(
      () => client.read(`subscriptions/${subscription.id}`),
      ({ status }) => status === 'ended',
    );
    expect(await client.post(`accounts/${account.id}/close`)).toMatchObject({
      status: 422,
      body: {
        code: 'account_book_not_even',
        detail: 'The book of the account is not even: 15.00 USD on customer_credit.',
      },
    });
    await client.create(`accounts/${account.id}/credit-refunds`, { reason: 'leaves' });
    expect(await book(account)).toMatchObject({ cash: '15.00', receivable: '0.00', customer_credit: '0.00' });
    expect(await client.create(`accounts/${account.id}/close`)).toMatchObject({ status: 'closed' });
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, bill, billedAccount, FEBRUARY, invoicesOf, usd, withCatalog } from './samples.js';

describe('customer credit', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  const pay = (invoice: Any, amount: string): Promise<Any> =>
    client.create(`invoices/${invoice.id}/payments`, { amount: usd(amount) });
  const book = async (account: Any) => balances(await client.read(`accounts/${account.id}/book`));
  const billFebruary = async (account: Any): Promise<Any> => {
    const [invoice] = await invoicesOf(client, await bill(client, FEBRUARY.end, { accounts: [account.id] }));
    return invoice;
  };

  it('is what a payment leaves beyond the amount due, and pays the next invoice first', async () => {
    const { account, invoice } = await billedAccount(client);
    const payment = await pay(invoice, '50.00');
    expect(payment.allocations).toEqual([{ invoiceId: invoice.id, amount: usd('45.00') }]);
    expect(await book(account)).toMatchObject({ cash: '50.00', receivable: '0.00', customer_credit: '5.00' });
    const next = await billFebruary(account);
    expect(next).toMatchObject({ total: usd('20.00'), amountCredited: usd('5.00'), amountDue: usd('15.00') });
    expect(await book(account)).toMatchObject({ receivable: '15.00', customer_credit: '0.00' });
    await pay(next, '15.00');
    expect(await client.read(`invoices/${next.id}`)).toMatchObject({ status: 'paid', amountPaid: usd('15.00') });
  });

  it('pays a whole invoice, and what is left stays', async () => {
    const { account, invoice } = await billedAccount(client);
    await pay(invoice, '100.00');
    const next = await billFebruary(account);
    expect(next).toMatchObject({ status: 'paid', amountCredited: usd('20.00'), amountDue: usd('0.00') });
    expect(await book(account)).toMatchObject({ customer_credit: '35.00', receivable: '0.00' });
    expect(await client.read(`reports/ar-aging?at=2030-01-01`)).not.toContainEqual(
      expect.objectContaining({ accounts: [expect.objectContaining({ accountId: account.id })] }),
    );
  });

  it('comes back when the invoice that it paid is voided', async () => {
    const { account, invoice } = await billedAccount(client);
    await pay(invoice, '50.00');
    const next = await billFebruary(account);
    await client.create(`invoices/${next.id}/void`);
    expect(await book(account)).toMatchObject({ customer_credit: '5.00', receivable: '0.00' });
    const again = await billFebruary(account);
    expect(again).toMatchObject({ amountCredited: usd('5.00'), amountDue: usd('15.00') });
  });

  it('keeps its payment from being reversed once it is used', async () => {
    const { account, invoice } = await billedAccount(client);
    const payment = await pay(invoice, '50.00');
    await billFebruary(account);
    expect(await client.post(`payments/${payment.id}/reverse`)).toMatchObject({
      status: 422,
      body: { code: 'customer_credit_already_used' },
    });
  });

  it('goes with the payment that it came from', async () => {
    const { account, invoice } = await billedAccount(client);
    const payment = await pay(invoice, '50.00');
    const reversed = await client.create(`payments/${payment.id}/reverse`);
    expect(reversed).toMatchObject({ status: 'reversed' });
    expect(await book(account)).toMatchObject({ cash: '0.00', customer_credit: '0.00', receivable: '45.00' });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'open', amountDue: usd('45.00') });
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, bill, billedAccount, FEBRUARY, invoicesOf, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

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
    const [aging] = await client.read('reports/ar-aging');
    expect(aging.accounts).toContainEqual(
      expect.objectContaining({ accountId: account.id, total: usd('0.00'), unappliedCredit: usd('35.00') }),
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

  it('is taken off the invoice that it paid when its payment bounces', async () => {
    const { account, invoice } = await billedAccount(client);
    const payment = await pay(invoice, '50.00');
    const next = await billFebruary(account);
    expect(await client.create(`payments/${payment.id}/reverse`)).toMatchObject({ status: 'reversed' });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'open', amountDue: usd('45.00') });
    expect(await client.read(`invoices/${next.id}`)).toMatchObject({
      status: 'open',
      amountCredited: usd('0.00'),
      amountDue: usd('20.00'),
    });
    expect(await book(account)).toMatchObject({ cash: '0.00', customer_credit: '0.00', receivable: '65.00' });
    await expectVerified(client, account);
  });

  it('settles what is open already', async () => {
    const { account, invoice } = await billedAccount(client);
    const next = await billFebruary(account);
    await pay(next, '30.00');
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({
      amountCredited: usd('10.00'),
      amountDue: usd('35.00'),
    });
    expect(await book(account)).toMatchObject({ customer_credit: '0.00', receivable: '35.00' });
  });

  it('waits where a payment is not to be allocated, apart in the aging, until it is applied', async () => {
    const { account, invoice } = await billedAccount(client);
    await client.create(`accounts/${account.id}/payments`, { amount: usd('30.00'), allocate: 'none' });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ amountDue: usd('45.00') });
    const aged = async (): Promise<Any> => {
      const [aging] = await client.read('reports/ar-aging');
      return aging.accounts.find(({ accountId }: Any) => accountId === account.id);
    };
    expect(await aged()).toMatchObject({ total: usd('45.00'), unappliedCredit: usd('30.00') });
    expect(await client.create(`accounts/${account.id}/credit-applications`)).toMatchObject({
      accountId: account.id,
      allocations: [{ invoiceId: invoice.id, amount: usd('30.00') }],
      creditLeft: usd('0.00'),
    });
    expect(await aged()).toMatchObject({ total: usd('15.00'), unappliedCredit: usd('0.00') });
    await expectVerified(client, account);
  });

  it('is paid out, and then the account closes', async () => {
    const { account, invoice } = await billedAccount(client);
    const payment = await pay(invoice, '60.00');
    const { data } = await client.read(`subscriptions?accountId=${account.id}`);
    await client.create(`subscriptions/${data[0].id}/cancel`, { at: FEBRUARY.end, credit: 'none' });
    await bill(client, FEBRUARY.end, { accounts: [account.id] });
    await eventually(
      () => client.read(`subscriptions/${data[0].id}`),
      ({ status }) => status === 'ended',
    );
    expect(await client.post(`accounts/${account.id}/close`)).toMatchObject({
      status: 422,
      body: { code: 'account_book_not_even', detail: expect.stringContaining('15.00 USD on customer_credit') },
    });
    const { log: _, ...refund } = await client.create(`payments/${payment.id}/refunds`, {
      amount: usd('10.00'),
      reason: 'too much',
    });
    expect(refund).toMatchObject({ paymentId: payment.id, amount: usd('10.00'), fromCredit: usd('10.00') });
    expect(await client.create(`accounts/${account.id}/credit-refunds`)).toMatchObject({
      paymentId: null,
      amount: usd('5.00'),
    });
    expect(await client.read(`refunds/${refund.id}`)).toEqual(refund);
    expect((await client.read(`refunds?accountId=${account.id}`)).data).toHaveLength(2);
    expect(await client.read(`payments/${payment.id}`)).toMatchObject({ amountRefunded: usd('10.00') });
    expect(await book(account)).toMatchObject({ cash: '45.00', customer_credit: '0.00', receivable: '0.00' });
    await expectVerified(client, account);
    expect(await client.create(`accounts/${account.id}/close`)).toMatchObject({ status: 'closed' });
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

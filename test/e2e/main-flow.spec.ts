import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
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

/** One story, told in order: each step begins where the one before it ended. Every answer is as it is documented. */
describe('from a catalog to money and back', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let subscription: Any;
  let invoice: Any;
  let payment: Any;

  const book = async (): Promise<Record<string, string>> => balances(await client.read(`accounts/${account.id}/book`));
  const current = (): Promise<Any> => client.read(`invoices/${invoice.id}`);

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    await withCatalog(client);
  });

  it('opens an account and gives it a plan, as of a day in the past', async () => {
    account = await openAccount(client, { externalId: 'ada', email: 'billing@ada.example' });
    expect(account).toMatchObject({ externalId: 'ada', name: 'Ada Lovelace Ltd', status: 'open', netTermsDays: 30 });
    subscription = await subscribe(client, 'external:ada', { externalId: 'ada-pro' });
    expect(subscription).toMatchObject({
      accountId: account.id,
      externalId: 'ada-pro',
      plan: 'pro',
      planVersion: 1,
      status: 'active',
      startAt: JANUARY.start,
      activatedAt: JANUARY.start,
      nextBillAt: JANUARY.start,
    });
  });

  it('records usage, of equal ids the first, and says which contradicts it', async () => {
    const first = reading('external:ada', 1_500, '2025-01-10T12:00:00Z', { id: 'req-1' });
    const again = reading('external:ada', 9_999, '2025-01-11T12:00:00Z', { id: 'req-1' });
    const other = reading('external:ada', 700, '2025-02-10T12:00:00Z', { id: 'req-2' });
    const recorded = await recordUsage(client, [first, again, other]);
    expect(recorded.results).toMatchObject([
      { id: 'req-1', status: 'accepted' },
      { id: 'req-1', status: 'rejected', code: 'reading_differs' },
      { id: 'req-2', status: 'accepted' },
    ]);
    const repeated = await recordUsage(client, [first]);
    expect(repeated.results).toEqual([{ id: 'req-1', status: 'duplicate' }]);
    const found = await client.read('usage/req-1');
    expect(found).toMatchObject({ accountId: account.id, properties: { tokens: '1500' } });
    const report = await client.read(
      `accounts/external:ada/usage?meter=tokens&from=${JANUARY.start}&to=${FEBRUARY.end}&window=month`,
    );
    expect(report.data.map(({ start, quantity, count }: Any) => ({ start, quantity, count }))).toEqual([
      { start: JANUARY.start, quantity: '1500', count: 1 },
      { start: FEBRUARY.start, quantity: '700', count: 1 },
    ]);
  });

  it('bills what is due: the fee in advance, usage afterwards', async () => {
    const run = await bill(client, JANUARY.end);
    expect(run).toMatchObject({
      status: 'completed',
      accounts: { due: 1, billed: 1, failed: 0 },
      invoices: 1,
      totals: [usd('45.00')],
    });
    [invoice] = await invoicesOf(client, run);
    expect(invoice).toMatchObject({
      number: 'INV-000001',
      accountId: account.id,
      status: 'open',
      subtotal: usd('45.00'),
      total: usd('45.00'),
      amountDue: usd('45.00'),
      amountPaid: usd('0.00'),
    });
    const lines = invoice.lines.map(({ charge, period, quantity, amount }: Any) => [
      charge,
      period.start,
      quantity,
      amount.amount,
    ]);
    expect(lines).toEqual([
      ['fee', JANUARY.start, '1', '20.00'],
      ['fee', FEBRUARY.start, '1', '20.00'],
      ['tokens', JANUARY.start, '1500', '5.00'],
    ]);
    expect(await book()).toEqual({ deferred_revenue: '40.00', receivable: '45.00', revenue: '5.00' });
  });

  it('finds nothing to bill a second time', async () => {
    expect(await bill(client, JANUARY.end)).toMatchObject({ accounts: { due: 0, billed: 0 }, invoices: 0, totals: [] });
  });

  it('takes payments in parts', async () => {
    const part = await client.create(`invoices/${invoice.id}/payments`, {
      amount: usd('15.00'),
      method: 'bank_transfer',
      reference: 'RF18',
      receivedOn: '2025-02-10',
    });
    expect(part).toMatchObject({ status: 'received', allocations: [{ invoiceId: invoice.id, amount: usd('15.00') }] });
    expect(await current()).toMatchObject({ status: 'open', amountPaid: usd('15.00'), amountDue: usd('30.00') });
    payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('30.00') });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'paid', amountDue: usd('0.00') });
    expect(await book()).toMatchObject({ cash: '45.00', receivable: '0.00' });
  });

  it('does not void what is paid, nor take money for it again', async () => {
    expect(await client.post(`invoices/${invoice.id}/void`)).toMatchObject({
      status: 422,
      body: { code: 'invoice_has_payments' },
    });
    expect(await client.post(`invoices/${invoice.id}/payments`, { amount: usd('1.00') })).toMatchObject({
      status: 422,
      body: { code: 'invoice_not_open' },
    });
  });

  it('reverses payments: what they settled is owed again', async () => {
    const { data } = await client.read(`payments?accountId=${account.id}`);
    let last: Any;
    for (const { id } of data) last = await client.create(`payments/${id}/reverse`, { reason: 'bounced' });
    expect(last).toMatchObject({ status: 'reversed' });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({
      status: 'open',
      amountPaid: usd('0.00'),
      amountDue: usd('45.00'),
    });
    expect(await book()).toMatchObject({ cash: '0.00', receivable: '45.00' });
    const again = await client.create(`payments/${payment.id}/reverse`);
    expect(again.log.revision).toBe(last.log.revision);
  });

  it('voids the invoice: its bookings are reversed, its usage is due again', async () => {
    const voided = await client.create(`invoices/${invoice.id}/void`, { reason: 'wrong address' });
    expect(voided).toMatchObject({ status: 'void', number: 'INV-000001', amountDue: usd('0.00') });
    expect(await client.read(`subscriptions/${subscription.id}`)).toMatchObject({ nextBillAt: JANUARY.start });
    expect(await book()).toEqual({
      cash: '0.00',
      customer_credit: '0.00',
      deferred_revenue: '0.00',
      receivable: '0.00',
      revenue: '0.00',
    });
  });

  it('bills it again, to the same amount under the next number', async () => {
    const run = await bill(client, JANUARY.end);
    const [second] = await invoicesOf(client, run);
    expect(second).toMatchObject({ number: 'INV-000002', total: usd('45.00'), status: 'open' });
    expect(second.id).not.toBe(invoice.id);
    expect(second.lines.map(({ charge, amount }: Any) => [charge, amount.amount])).toEqual(
      invoice.lines.map(({ charge, amount }: Any) => [charge, amount.amount]),
    );
    expect(await book()).toMatchObject({ receivable: '45.00', deferred_revenue: '40.00', revenue: '5.00' });
    invoice = second;
  });

  it('bills late usage by the difference alone', async () => {
    await recordUsage(client, [reading('external:ada', 250, '2025-01-31T23:59:59Z')]);
    const [late] = await invoicesOf(client, await bill(client, JANUARY.end));
    expect(late).toMatchObject({ total: usd('2.50') });
    expect(late.lines).toEqual([
      expect.objectContaining({
        kind: 'late_usage',
        charge: 'tokens',
        quantity: '250',
        amount: usd('2.50'),
        billedBefore: usd('5.00'),
        priorLines: [invoice.lines[2].id],
      }),
    ]);
  });

  it('gives up what will not be paid', async () => {
    const given = await client.create(`invoices/${invoice.id}/mark-uncollectible`, { reason: 'gone' });
    expect(given).toMatchObject({ status: 'uncollectible', amountDue: usd('0.00') });
    expect(await client.read('reports/trial-balance')).toMatchObject([{ currency: 'USD', balanced: true }]);
    expect(await book()).toMatchObject({ bad_debt: '45.00', receivable: '2.50' });
  });

  it('cancels the subscription, and gives back what was billed in advance beyond its end', async () => {
    const canceled = await client.create('subscriptions/external:ada-pro/cancel', { at: '2025-02-15T00:00:00Z' });
    expect(canceled).toMatchObject({ status: 'ended', endsAt: '2025-02-15T00:00:00Z' });
    const [last] = await invoicesOf(client, await bill(client, FEBRUARY.end));
    expect(last.lines.map(({ kind, charge, amount }: Any) => [kind, charge, amount.amount])).toEqual([
      ['usage', 'tokens', '0.00'],
      ['correction', 'fee', '-10.00'],
    ]);
    expect(last).toMatchObject({ total: usd('-10.00'), status: 'paid', amountDue: usd('0.00') });
    // 2.50 of it pay what was late.
    expect(await book()).toMatchObject({ customer_credit: '7.50', receivable: '0.00' });
  });

  it('closes the account once nobody owes anything', async () => {
    expect(await client.post(`accounts/${account.id}/close`)).toMatchObject({
      status: 422,
      body: { code: 'account_book_not_even' },
    });
    await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd('7.50') });
    expect(await client.create(`accounts/${account.id}/close`)).toMatchObject({ status: 'closed' });
    expect(await client.post('subscriptions', { accountId: account.id, plan: 'pro' })).toMatchObject({
      status: 422,
      body: { code: 'account_closed' },
    });
  });

  it('is found right by a verification', async () => {
    const started = await client.create('audit/verifications');
    let verification = started;
    while (verification.status === 'running') verification = await client.read(`audit/verifications/${started.id}`);
    expect(verification).toMatchObject({ status: 'completed', accounts: 1, accountsChecked: 1, differences: [] });
  });
});

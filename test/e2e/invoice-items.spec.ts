import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  balances,
  bill,
  billedAccount,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

describe('what is charged once', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  it('has an invoice of its own at once', async () => {
    const account = await openAccount(client);
    const item = await client.create(`accounts/${account.id}/invoice-items`, {
      description: 'Setup',
      quantity: '3',
      unitAmount: '33.335',
      on: 'own_invoice',
      metadata: { order: '4711' },
    });
    expect(item).toMatchObject({ quantity: '3', unitAmount: '33.335', amount: usd('100.01'), on: 'own_invoice' });
    const invoice = await client.read(`invoices/${item.invoiceId}`);
    expect(invoice).toMatchObject({ status: 'open', total: usd('100.01'), amountDue: usd('100.01') });
    expect(invoice.lines).toMatchObject([
      { kind: 'one_off', description: 'Setup', invoiceItemId: item.id, metadata: { order: '4711' } },
    ]);
    expect(balances(await client.read(`accounts/${account.id}/book`))).toEqual({
      receivable: '100.01',
      revenue: '100.01',
    });
    await expectVerified(client, account);
  });

  it('waits for the next invoice, which says so before it comes', async () => {
    const { account } = await billedAccount(client);
    const items = `accounts/${account.id}/invoice-items`;
    const item = await client.create(items, { description: 'Setup', amount: usd('100.00') });
    const wrong = await client.create(items, { description: 'Mistake', amount: usd('-9.00') });
    expect((await client.read(items)).map(({ id }: Any) => id)).toEqual([item.id, wrong.id]);
    await client.create(`${items}/${wrong.id}/remove`);
    const upcoming = await client.read(`accounts/${account.id}/upcoming-invoice`);
    expect(upcoming.lines.at(-1)).toMatchObject({ kind: 'one_off', amount: usd('100.00'), invoiceItemId: item.id });
    // It was added today: a run that looks no further than a day of the past does not reach it.
    const past = await bill(client, FEBRUARY.end, { accounts: [account.id] });
    const [february] = await invoicesOf(client, past);
    expect(february.lines.map(({ kind }: Any) => kind)).not.toContain('one_off');
    const [next] = await invoicesOf(client, await bill(client, new Date().toISOString(), { accounts: [account.id] }));
    expect(next.lines.at(-1)).toMatchObject({ kind: 'one_off', amount: usd('100.00') });
    expect(await client.read(items)).toEqual([]);
    expect(await client.post(`${items}/${item.id}/remove`)).toMatchObject({
      status: 422,
      body: { code: 'invoice_item_invoiced' },
    });
    await expectVerified(client, account);
  });

  it('is what comes back at an end, where an amount was named', async () => {
    const { account, invoice } = await billedAccount(client);
    const cancel = `subscriptions/${invoice.lines[0].subscriptionId}/cancel`;
    const body = { at: '2025-01-20T00:00:00Z', creditAmount: usd('12.00') };
    expect(await client.create(cancel, body)).toMatchObject({ status: 'ended' });
    // Of 45.00 that were owed.
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ amountDue: usd('33.00') });
    expect(balances(await client.read(`accounts/${account.id}/book`))).toMatchObject({ receivable: '33.00' });
    await expectVerified(client, account);
  });

  it('is on a draft by hand, and brings its lines to what was agreed', async () => {
    const settings = { billing: 'manual', finalize: 'grace', graceHours: 48 };
    await client.done('PUT', 'settings/billing', settings);
    const { account, invoice: draft } = await billedAccount(client);
    expect(draft).toMatchObject({ status: 'draft', total: usd('45.00') });
    const usage = draft.lines.find(({ kind }: Any) => kind === 'usage');
    const lines = `invoices/${draft.id}/lines`;
    const added = { description: 'Setup', unitAmount: '50.00', reason: 'agreed by phone' };
    expect(await client.create(lines, { ...added, dryRun: true })).toMatchObject({ total: usd('95.00') });
    await client.create(lines, added);
    const body = { amount: usd('2.00'), reason: 'as an apology' };
    const changed = await client.create(`${lines}/${usage.id}/change`, body);
    expect(changed).toMatchObject({ status: 'draft', total: usd('92.00') });
    expect(changed.lines.slice(-2)).toMatchObject([
      { description: 'Setup', amount: usd('50.00'), reason: 'agreed by phone' },
      { description: usage.description, amount: usd('-3.00'), adjusts: usage.id, reason: 'as an apology' },
    ]);
    await recordUsage(client, [reading(account.id, 500, '2025-01-11T12:00:00Z')]);
    await bill(client, JANUARY.end, { accounts: [account.id] });
    const rated = await client.read(`invoices/${draft.id}`);
    expect(rated).toMatchObject({ status: 'draft', total: usd('92.00') });
    expect(rated.lines.at(-1)).toMatchObject({ amount: usd('-8.00'), adjusts: usage.id });
    expect(await client.create(`invoices/${draft.id}/finalize`)).toMatchObject({ status: 'open', total: usd('92.00') });
    expect(await client.post(`${lines}/${usage.id}/change`, body)).toMatchObject({
      status: 422,
      body: { code: 'invoice_already_finalized' },
    });
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await expectVerified(client, account);
  });

  it('keeps an account from closing', async () => {
    const account = await openAccount(client);
    const item = await client.create(`accounts/${account.id}/invoice-items`, { description: 'x', unitAmount: '1' });
    expect(await client.post(`accounts/${account.id}/close`)).toMatchObject({
      status: 422,
      body: { code: 'account_has_unbilled_charges' },
    });
    await client.create(`accounts/${account.id}/invoice-items/${item.id}/remove`);
    expect(await client.create(`accounts/${account.id}/close`)).toMatchObject({ status: 'closed' });
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { ForkedService } from '../services/forked-service.js';
import { startTaxService, taxProviderAt } from '../services/tax-service.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, JANUARY, openAccount, PLAN, subscribe, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
const SETTINGS = { provider: 'http', country: 'US', region: 'NY', flat: { basisPoints: 800, b2bExempt: false } };
const NEW_YORK = { billingAddress: { line1: '1 Secret Street', country: 'US', region: 'NY', postalCode: '10001' } };
let service: ForkedService;
let recount: TestRecount;
let client: TestClient;

beforeAll(async () => {
  service = await stopping.use(startTaxService());
  recount = await stopping.use(TestRecount.start({ taxProvider: taxProviderAt(service) }));
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  const [fee] = PLAN.charges;
  const charges = [fee, { ...fee, key: 'food', taxClass: 'groceries', price: { model: 'flat', amount: '10.00' } }];
  await client.create('plans', { ...PLAN, key: 'mixed', charges });
  await client.done('PUT', 'settings/tax', SETTINGS);
});

/** 20.00, and 10.00 of groceries, for January; billed for that alone. */
const subscribed = async (fields: object = NEW_YORK): Promise<Any> => {
  const account = await openAccount(client, fields);
  await subscribe(client, account.id, { plan: 'mixed' });
  return account;
};
const billed = async (account: Any, through = '2025-01-15T00:00:00Z'): Promise<Any> => {
  const run = await bill(client, through, { accounts: [account.id] });
  expect(run).toMatchObject({ status: 'completed', failures: [] });
  const { data } = await client.read(`invoices?accountId=${account.id}`);
  return client.read(`invoices/${data[0].id}`);
};
const taxOf = ({ taxes }: Any): unknown =>
  taxes.map(({ code, rate, group, base, amount }: Any) => [code, rate, group, base.amount, amount.amount]);

/** One story, told in order. */
describe('a tenant whose taxes are said elsewhere', () => {
  it('issues what the service says, line by line, and tells it of nobody', async () => {
    const account = await subscribed();
    const invoice = await billed(account);
    // 4 % and 4.5 % of 20.00; of groceries the city’s alone.
    expect(taxOf(invoice)).toEqual([
      ['ny-state', '4', 0, '20.00', '0.80'],
      ['nyc', '4.5', 0, '20.00', '0.90'],
      ['ny-state', '0', 1, '10.00', '0.00'],
      ['nyc', '4.5', 1, '10.00', '0.45'],
    ]);
    expect(invoice).toMatchObject({
      status: 'open',
      total: usd('32.15'),
      taxReason: 'provider',
      taxStatus: null,
      taxProvider: { reference: expect.stringMatching(/^txn-/u), fallback: null, failure: null },
    });
    const told = JSON.stringify(service.asked);
    expect(told).toContain('10001');
    for (const secret of ['Ada', 'Secret Street']) expect(told).not.toContain(secret);
    await expectVerified(client, account);
  });

  it('keeps an invoice a draft while the service does not answer, and bills all others', async () => {
    await service.behaves('down');
    const waiting = await subscribed();
    const exempt = await subscribed({ ...NEW_YORK, taxExempt: true });
    expect(await billed(exempt)).toMatchObject({ status: 'open', taxReason: 'customer_exempt' });
    const draft = await billed(waiting);
    expect(draft).toMatchObject({ status: 'draft', taxStatus: 'pending', taxFailure: 'unavailable', taxes: [] });
    const path = `invoices/${draft.id}`;
    const asked = await client.ask('POST', `${path}/calculate-tax`, {}, KEYED());
    expect(asked).toMatchObject({ status: 503, body: { code: 'tax_provider_failed' } });
    const item = { description: 'Setup', unitAmount: '10.00', on: 'own_invoice' };
    const own = await client.ask('POST', `accounts/${waiting.id}/invoice-items`, item, KEYED());
    expect(own).toMatchObject({ status: 503, body: { code: 'tax_provider_failed' } });
    await service.behaves('well');
    expect(await client.done('POST', `${path}/calculate-tax`, {}, KEYED().headers)).toMatchObject({
      taxTotal: usd('2.15'),
    });
    expect(await billed(waiting)).toMatchObject({
      id: draft.id,
      status: 'open',
      taxStatus: null,
      taxTotal: usd('2.15'),
    });
    const issued = await client.create(`accounts/${waiting.id}/invoice-items`, item);
    expect(await client.read(`invoices/${issued.invoiceId}`)).toMatchObject({ taxTotal: usd('0.85') });
    await expectVerified(client, waiting);
  });

  it.each([
    ['nonsense', 'invalid_answer'],
    ['refuses', 'refused'],
    ['slow', 'too_slow'],
  ])('waits where the service is %s, and says why: %s', async (behaviour, failure) => {
    await service.behaves(behaviour);
    const account = await subscribed();
    expect(await billed(account)).toMatchObject({ status: 'draft', taxStatus: 'pending', taxFailure: failure });
    await service.behaves('well');
    const draft = await billed(account);
    expect(draft).toMatchObject({ status: 'open', taxTotal: usd('2.15') });
  });

  it('asks again by itself after five minutes, and ten', async () => {
    const clock = await client.create('test-clocks', { startAt: '2030-01-01T00:00:00Z' });
    const account = await openAccount(client, { ...NEW_YORK, test: true, testClockId: clock.id });
    await client.done('PUT', 'settings/billing', { billing: 'automatic' });
    await service.behaves('down');
    await client.create('subscriptions', { accountId: account.id, plan: 'mixed' });
    const one = async (): Promise<Any> => {
      const { data } = await client.read(`invoices?accountId=${account.id}`);
      return data[0] && client.read(`invoices/${data[0].id}`);
    };
    const draft = await eventually(one, (invoice) => invoice?.taxStatus === 'pending' && invoice.taxFailure !== null);
    const asked = (): number => service.asked.filter(({ body }) => body.includes(draft.id)).length;
    expect(asked()).toBe(1);
    const advance = (to: string) => client.create(`test-clocks/${clock.id}/advance`, { to });
    await advance('2030-01-01T00:04:00Z');
    expect(asked()).toBe(1);
    await advance('2030-01-01T00:05:30Z');
    await eventually(
      () => Promise.resolve(asked()),
      (times) => times === 2,
    );
    await service.behaves('well');
    await advance('2030-01-01T00:14:00Z');
    expect(asked()).toBe(2);
    await advance('2030-01-01T00:15:30Z');
    expect(await eventually(one, ({ status }) => status === 'open')).toMatchObject({ taxTotal: usd('2.15') });
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
  });

  it('lets what is known stand in, where it says so, and waits for what is not', async () => {
    await client.done('PUT', 'settings/tax', { ...SETTINGS, onOutage: 'last_known' });
    const account = await subscribed();
    await billed(account);
    await service.behaves('down');
    expect(await billed(account, JANUARY.end)).toMatchObject({
      status: 'open',
      taxTotal: usd('2.15'),
      taxProvider: { reference: null, fallback: 'last_known', failure: 'unavailable' },
    });
    expect(await billed(await subscribed())).toMatchObject({ status: 'draft', taxStatus: 'pending' });
    await expectVerified(client, account);
  });

  it('lets the flat rate stand in, where it says so', async () => {
    await client.done('PUT', 'settings/tax', { ...SETTINGS, onOutage: 'fallback_rate' });
    const invoice = await billed(await subscribed());
    expect(taxOf(invoice)).toEqual([['flat', '8', 0, '30.00', '2.40']]);
    expect(invoice.taxProvider).toEqual({ reference: null, fallback: 'fallback_rate', failure: 'unavailable' });
    await service.behaves('well');
  });

  it('is told where there is no rate to stand in', async () => {
    const { flat: _, ...without } = SETTINGS;
    const { body } = await client.ask('PUT', 'settings/tax', { ...without, onOutage: 'fallback_rate' }, KEYED());
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/flat', code: 'flat_tax_required' })]);
  });
});

const KEYED = () => ({ headers: { 'idempotency-key': crypto.randomUUID() } });

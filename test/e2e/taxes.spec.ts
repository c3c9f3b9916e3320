import { majorUnits, money, parseMoney, sum } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  balances,
  bill,
  billedAccount,
  invoicesOf,
  JANUARY,
  openAccount,
  PLAN,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;

const SETTINGS = { provider: 'rates', country: 'DE', oss: true };
const rate = (code: string, jurisdiction: string, percent: string, fields: object = {}) => ({
  code,
  jurisdiction,
  category: 'S',
  rate: percent,
  validFrom: '2020-01-01',
  ...fields,
});

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
});

/** 45.00: two fees of 20.00, and usage of 5.00. */
const billed = (fields: object = {}): Promise<{ account: Any; invoice: Any }> => billedAccount(client, fields);
const inCountry = (country: string, fields: object = {}): object => ({ billingAddress: { country }, ...fields });
const taxOf = ({ taxes }: Any): Any[] =>
  taxes.map(({ code, rate: percent, base, amount }: Any) => [code, percent, base.amount, amount.amount]);
const amountsOf = ({ subtotal, taxTotal, total, amountDue }: Any): unknown =>
  [subtotal, taxTotal, total, amountDue].map(({ amount }: Any) => amount);

const major = (minor: number): string => majorUnits(money(BigInt(minor), 'USD'));
const KEYED = () => ({ headers: { 'idempotency-key': crypto.randomUUID() } });

/** One story, told in order. */
describe('a tenant that charges tax', () => {
  it('charges none until it says how', async () => {
    expect(await client.read('settings/tax')).toEqual({
      provider: 'none',
      country: null,
      region: null,
      flat: null,
      oss: false,
      onOutage: 'wait',
      requireCheckedTaxId: false,
      taxPoint: 'issue',
      rounding: 'document',
      prices: 'exclusive',
    });
    const { invoice } = await billed(inCountry('DE'));
    expect(invoice).toMatchObject({ taxes: [], taxReason: null, total: usd('45.00'), taxTotal: usd('0.00') });
  });

  it('says where it is, and defines rates', async () => {
    await client.done('PUT', 'settings/tax', SETTINGS);
    expect(await client.read('settings/tax')).toMatchObject({ ...SETTINGS, rounding: 'document' });
    for (const one of [rate('fr-vat', 'FR', '20'), rate('de-vat', 'DE', '16'), rate('de-vat', 'DE', '19')])
      await client.create('tax-rates', one);
    expect((await client.read('tax-rates')).data).toEqual([
      { ...rate('de-vat', 'DE', '19'), taxClass: 'standard', validTo: null, compound: false },
      { ...rate('fr-vat', 'FR', '20'), taxClass: 'standard', validTo: null, compound: false },
    ]);
  });

  it('bills it by who buys and where', async () => {
    const home = await billed(inCountry('DE', { taxId: 'DE123456789' }));
    expect(amountsOf(home.invoice)).toEqual(['45.00', '8.55', '53.55', '53.55']);
    expect(taxOf(home.invoice)).toEqual([['de-vat', '19', '45.00', '8.55']]);
    expect(home.invoice).toMatchObject({ taxReason: 'domestic' });
    const shares = home.invoice.lines.map(({ taxAmount }: Any) => taxAmount.amount);
    expect(shares.sort()).toEqual(['0.95', '3.80', '3.80']);
    const book = balances(await client.read(`accounts/${home.account.id}/book`));
    expect(book).toMatchObject({ receivable: '53.55', tax_payable: '8.55' });

    const upcoming = await openAccount(client, inCountry('DE'));
    await client.create('subscriptions', { accountId: upcoming.id, plan: 'pro' });
    expect(taxOf(await client.read(`accounts/${upcoming.id}/upcoming-invoice`))).toEqual([
      ['de-vat', '19', '20.00', '3.80'],
    ]);

    const consumer = await billed(inCountry('FR'));
    expect(taxOf(consumer.invoice)).toEqual([['fr-vat', '20', '45.00', '9.00']]);
    expect(consumer.invoice.taxReason).toBe('destination');

    const business = await billed(inCountry('FR', { taxId: 'FR40303265045' }));
    expect(business.invoice).toMatchObject({
      taxReason: 'reverse_charge',
      total: usd('45.00'),
      taxes: [{ code: 'reverse_charge', category: 'AE', jurisdiction: 'FR', amount: usd('0.00') }],
    });
    const abroad = await billed(inCountry('us'));
    expect(abroad.invoice).toMatchObject({ taxReason: 'outside', taxes: [{ category: 'O' }], total: usd('45.00') });
    const exempt = await billed(inCountry('DE', { taxExempt: true }));
    expect(exempt.invoice).toMatchObject({ taxReason: 'customer_exempt', taxes: [{ category: 'E' }] });
  });

  it('is paid with it, and owes none of what it takes back', async () => {
    const { account, invoice } = await billed(inCountry('DE'));
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('53.54') });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'open', amountDue: usd('0.01') });
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('0.01') });
    expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'paid' });
    const other = await billed(inCountry('DE'));
    await client.create(`invoices/${other.invoice.id}/void`, { reason: 'by mistake' });
    const book = balances(await client.read(`accounts/${other.account.id}/book`));
    expect(book).toMatchObject({ receivable: '0.00', tax_payable: '0.00' });
    await expectVerified(client, account);
    await expectVerified(client, other.account);
  });

  it('has it inside its prices, where it says so', async () => {
    await client.done('PUT', 'settings/tax', { ...SETTINGS, prices: 'inclusive' });
    const { invoice } = await billed(inCountry('DE'));
    expect(amountsOf(invoice)).toEqual(['37.82', '7.18', '45.00', '45.00']);
    const then = await client.read(`invoices/${invoice.id}?asOf=${new Date().toISOString()}`);
    expect(then.taxes).toEqual(invoice.taxes);
    await client.done('PUT', 'settings/tax', SETTINGS);
  });

  it('bills none of a jurisdiction to whoever has a certificate of it, while that holds', async () => {
    const account = await openAccount(client, inCountry('DE'));
    const path = `accounts/${account.id}/tax-exemptions`;
    const today = await client.create(path, { jurisdiction: 'DE', number: 'NV-1', validTo: '2099-12-31' });
    await client.create(path, { jurisdiction: 'DE', number: 'NV-0', validTo: '2020-12-31' });
    const again = await client.ask('POST', path, { jurisdiction: 'DE', number: 'NV-1' }, KEYED());
    expect(again).toMatchObject({ status: 409, body: { code: 'tax_exemption_exists' } });
    expect((await client.read(path)).data).toMatchObject([
      { id: today.id, number: 'NV-1', validFrom: null, validTo: '2099-12-31' },
      { number: 'NV-0', validTo: '2020-12-31' },
    ]);
    // A change of anything else leaves them.
    await client.done('PATCH', `accounts/${account.id}`, { email: 'other@ada.example' });
    await subscribe(client, account.id);
    const [exempt] = await invoicesOf(client, await bill(client, '2025-01-15T00:00:00Z', { accounts: [account.id] }));
    expect(exempt).toMatchObject({
      taxReason: 'customer_exempt',
      taxExemption: { jurisdiction: 'DE', validFrom: null, validTo: '2099-12-31' },
      taxes: [{ code: 'exempt', category: 'E', jurisdiction: 'DE', amount: usd('0.00') }],
    });
    const { billTo } = await client.read(`invoices/${exempt.id}?personal=true`);
    expect(billTo.taxExemptions.map(({ number }: Any) => number)).toEqual(['NV-1', 'NV-0']);
    await client.create(`${path}/${today.id}/remove`);
    const [taxed] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    expect(taxed).toMatchObject({ taxReason: 'domestic', taxExemption: null });
    await expectVerified(client, account);
    await client.create(`accounts/${account.id}/erase`);
    expect((await client.read(path)).data).toEqual([]);
    const erased = await client.ask('POST', path, { jurisdiction: 'DE', number: 'NV-2' }, KEYED());
    expect(erased).toMatchObject({ status: 422, body: { code: 'personal_data_erased' } });
  });

  it('bills each class at its rate, whichever the prices are, and gives it back so', async () => {
    await client.create('tax-rates', rate('de-reduced', 'DE', '7', { taxClass: 'reduced' }));
    const [fee] = PLAN.charges;
    const charges = [
      { ...fee, key: 'access', price: { model: 'flat', amount: '99.99' } },
      { ...fee, key: 'books', taxClass: 'reduced', price: { model: 'flat', amount: '50.03' } },
    ];
    await client.create('plans', { ...PLAN, key: 'mixed', charges });
    const account = await openAccount(client, inCountry('DE'));
    await subscribe(client, account.id, { plan: 'mixed' });
    const item = { description: 'Book', unitAmount: '10.00', taxClass: 'reduced' };
    expect(await client.create(`accounts/${account.id}/invoice-items`, item)).toMatchObject({ taxClass: 'reduced' });
    const now = new Date().toISOString();
    const [invoice] = await invoicesOf(client, await bill(client, now, { accounts: [account.id] }));
    const months = invoice.lines.filter(({ charge }: Any) => charge === 'books').length;
    const [base, reduced] = [9_999 * months, 5_003 * months + 1_000];
    expect(invoice.taxes.map(({ code, group, base: { amount } }: Any) => [code, group, amount])).toEqual([
      ['de-vat', 0, major(base)],
      ['de-reduced', 1, major(reduced)],
    ]);
    const tax = Math.round(base * 0.19) + Math.round(reduced * 0.07);
    expect(invoice.taxTotal.amount).toBe(major(tax));
    for (const { charge, taxClass, taxGroup } of invoice.lines)
      expect([taxClass, taxGroup]).toEqual(charge === 'access' ? [undefined, 0] : ['reduced', 1]);
    const shares = invoice.lines.map(({ taxAmount }: Any) => parseMoney(taxAmount.amount, 'USD'));
    expect(majorUnits(sum(shares, 'USD'))).toBe(major(tax));
    const line = invoice.lines.find(({ taxClass }: Any) => taxClass === 'reduced');
    const note = await client.create(`invoices/${invoice.id}/credit-notes`, {
      lines: [{ lineId: line.id, amount: usd('10.00') }],
      reason: 'outage',
    });
    expect(taxOf(note)).toEqual([
      ['de-vat', '19', '0.00', '0.00'],
      ['de-reduced', '7', '10.00', '0.70'],
    ]);
    await expectVerified(client, account);
  });

  it('goes by the last day of the service, where it says so', async () => {
    await client.done('PUT', 'settings/tax', { ...SETTINGS, taxPoint: 'service_end' });
    expect(await client.read('settings/tax')).toMatchObject({ taxPoint: 'service_end' });
    const change = { validFrom: '2025-01-15', validTo: '2025-01-31' };
    await client.create('tax-rates', rate('de-vat', 'DE', '16', change));
    await client.create('tax-rates', rate('de-vat', 'DE', '19', { validFrom: '2025-02-01' }));
    const account = await openAccount(client, inCountry('DE'));
    await subscribe(client, account.id);
    // January and February, in advance.
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    expect(taxOf(invoice).sort()).toEqual([
      ['de-vat', '16', '20.00', '3.20'],
      ['de-vat', '19', '20.00', '3.80'],
    ]);
    await expectVerified(client, account);
    await client.done('PUT', 'settings/tax', SETTINGS);
  });

  it('says what a draft would bear, and leaves it a draft', async () => {
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
    const account = await openAccount(client, inCountry('DE'));
    await subscribe(client, account.id);
    const [draft] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    const path = `invoices/${draft.id}`;
    const taxes = await client.done('POST', `${path}/calculate-tax`);
    expect(taxes).toMatchObject({ invoiceId: draft.id, taxReason: 'domestic', taxExemption: null });
    expect(amountsOf({ ...taxes, amountDue: taxes.total })).toEqual(['40.00', '7.60', '47.60', '47.60']);
    expect(taxes.lines.map(({ taxAmount }: Any) => taxAmount.amount)).toEqual(['3.80', '3.80', '0.00']);
    expect(await client.read(path)).toMatchObject({ status: 'draft', taxes: [], taxTotal: usd('0.00') });
    expect(await client.create(`${path}/finalize`)).toMatchObject({ taxTotal: taxes.taxTotal, total: taxes.total });
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'auto', graceHours: 0 });
  });

  it('bills nothing where tax is due and no rate is known, and says why', async () => {
    const account = await openAccount(client, inCountry('IT'));
    await subscribe(client, account.id);
    const run = await bill(client, JANUARY.end, { accounts: [account.id] });
    expect(run).toMatchObject({
      status: 'completed',
      failures: [{ accountId: account.id, code: 'tax_rate_missing', detail: expect.stringContaining('due in IT') }],
    });
    const previewed = await client.get(`accounts/${account.id}/upcoming-invoice`);
    expect([previewed.status, previewed.body.code]).toEqual([422, 'tax_rate_missing']);
    await client.create('tax-rates', rate('it-iva', 'IT', '22'));
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    expect(taxOf(invoice)).toEqual([['it-iva', '22', '40.00', '8.80']]);
  });

  it.each([
    ['/country', 'unknown_country', 'PUT', 'settings/tax', { provider: 'none', country: 'UK' }],
    ['/jurisdiction', 'unknown_country', 'POST', 'tax-rates', rate('x', 'UK', '20')],
    ['/jurisdiction', 'unknown_country', 'POST', 'tax-rates', rate('x', 'DE-', '19')],
    ['/country', 'tax_country_required', 'PUT', 'settings/tax', { provider: 'rates' }],
    ['/flat', 'flat_tax_required', 'PUT', 'settings/tax', { provider: 'flat', country: 'CH' }],
    ['/provider', 'tax_provider_not_configured', 'PUT', 'settings/tax', { provider: 'http', country: 'US' }],
    ['/validTo', 'invalid_tax_rate', 'POST', 'tax-rates', rate('x', 'DE', '7', { validTo: '2019-12-31' })],
    ['/category', 'invalid_tax_rate', 'POST', 'tax-rates', rate('x', 'DE', '0')],
    ['/rate', 'invalid_tax_rate', 'POST', 'tax-rates', rate('x', 'DE', '7', { category: 'AE' })],
    ['/rate', 'invalid_percentage', 'POST', 'tax-rates', rate('x', 'DE', '7,5')],
    ['/taxClass', 'matches', 'POST', 'tax-rates', rate('x', 'DE', '7', { taxClass: 'not so' })],
    ['/taxPoint', 'invalid_in', 'PUT', 'settings/tax', { ...SETTINGS, taxPoint: 'payment' }],
  ])('is told what is wrong at %s: %s', async (pointer, code, method, path, body) => {
    const { body: problem } = await client.ask(method, path, body, {
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(problem.errors).toEqual([expect.objectContaining({ pointer, code })]);
  });
});

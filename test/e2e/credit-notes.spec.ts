import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
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
  usd,
  withCatalog,
  withVat,
} from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  await withVat(client);
});

const DE = { billingAddress: { country: 'DE' } };
/** 45.00 and 19 %: 53.55. */
const billed = (fields: object = {}): Promise<{ account: Any; invoice: Any }> =>
  billedAccount(client, { ...DE, ...fields });
const credit = (invoice: Any, note: object): Promise<Any> =>
  client.create(`invoices/${invoice.id}/credit-notes`, { reason: 'outage', ...note });
const read = (invoice: Any): Promise<Any> => client.read(`invoices/${invoice.id}`);
const book = async (account: Any) => balances(await client.read(`accounts/${account.id}/book`));
const numberOf = async (path: string): Promise<string> =>
  (
    await eventually(
      () => client.read(path),
      ({ number }) => number !== null,
    )
  ).number;
const asked = async (invoice: Any, note: object): Promise<Any> => {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  return (await client.ask('POST', `invoices/${invoice.id}/credit-notes`, { reason: 'x', ...note }, { headers })).body;
};

/** One story, told in order. */
describe('credit notes', () => {
  it('give a line of an open invoice back, with its tax: what is due of it goes down', async () => {
    const { account, invoice } = await billed();
    const [fee] = invoice.lines.filter(({ charge }: Any) => charge === 'fee');
    const before = await asked(invoice, { lines: [{ lineId: fee.id, all: true }], dryRun: true });
    expect(before).toMatchObject({ total: usd('23.80'), number: null });
    expect(await read(invoice)).toMatchObject({ amountDue: usd('53.55'), creditNotes: [] });

    const note = await credit(invoice, { lines: [{ lineId: fee.id, all: true }], memo: 'We are sorry.' });
    expect(note).toMatchObject({
      invoiceId: invoice.id,
      accountId: account.id,
      status: 'issued',
      kind: 'concession',
      reason: 'outage',
      memo: 'We are sorry.',
      subtotal: usd('20.00'),
      taxTotal: usd('3.80'),
      total: usd('23.80'),
      appliedToInvoice: usd('23.80'),
      writtenOff: usd('0.00'),
      credited: usd('0.00'),
      taxes: [{ code: 'de-vat', category: 'S', rate: '19', base: usd('20.00'), amount: usd('3.80') }],
      lines: [{ lineId: fee.id, amount: usd('20.00'), net: usd('20.00') }],
    });
    expect(await numberOf(`credit-notes/${note.id}`)).toBe('CN-000001');
    const [aging] = await client.read('reports/ar-aging');
    expect(aging.accounts).toContainEqual(
      expect.objectContaining({ accountId: account.id, total: usd('29.75'), unappliedCredit: usd('0.00') }),
    );
    expect(await read(invoice)).toMatchObject({
      status: 'open',
      amountDue: usd('29.75'),
      amountCredited: usd('23.80'),
      creditNotes: [{ id: note.id, number: 'CN-000001', kind: 'concession', status: 'issued', total: usd('23.80') }],
    });
    expect(await book(account)).toMatchObject({ receivable: '29.75', tax_payable: '4.75', customer_credit: '0.00' });
    expect((await asked(invoice, { kind: 'cancellation', dryRun: true })).total).toEqual(usd('29.75'));
    await expectVerified(client, account);
  });

  it('are credit of the customer where the invoice is paid, and are none any more once they are void', async () => {
    const { account, invoice } = await billed();
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('53.55') });
    const note = await credit(invoice, { amount: usd('10.00') });
    expect(note).toMatchObject({ total: usd('11.90'), appliedToInvoice: usd('0.00'), credited: usd('11.90') });
    expect(await book(account)).toMatchObject({ receivable: '0.00', customer_credit: '11.90' });
    const refusal = await asked(invoice, { amount: usd('35.01') });
    expect(refusal).toMatchObject({
      code: 'credit_note_too_large',
      errors: [{ pointer: '/amount/amount', message: 'Of the invoice 35.00 USD are left to be given back.' }],
    });
    const gone = await client.create(`credit-notes/${note.id}/void`, { reason: 'by mistake' });
    expect(gone).toMatchObject({ status: 'void', voidReason: 'by mistake', total: usd('11.90') });
    expect(await book(account)).toMatchObject({ receivable: '0.00', customer_credit: '0.00', tax_payable: '8.55' });
    const again = await credit(invoice, { kind: 'cancellation' });
    expect(again).toMatchObject({ total: usd('53.55'), credited: usd('53.55') });
    await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd('53.55') });
    const { body } = await client.ask('POST', `credit-notes/${again.id}/void`, undefined, {
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(body).toMatchObject({ code: 'customer_credit_already_paid_out' });
    await expectVerified(client, account);
  });

  it('stand in the way of a void invoice, and are found by what they are of', async () => {
    const { account, invoice } = await billed();
    const first = await credit(invoice, { amount: usd('1.00') });
    const second = await credit(invoice, { amount: usd('2.00') });
    await client.create(`credit-notes/${first.id}/void`);
    const { body } = await client.ask('POST', `invoices/${invoice.id}/void`, undefined, {
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(body).toMatchObject({ code: 'invoice_has_credit_notes' });
    const found = async (query: string) => (await client.read(`credit-notes?${query}`)).data.map(({ id }: Any) => id);
    expect(await found(`invoiceId=${invoice.id}`)).toEqual([second.id, first.id]);
    expect(await found(`accountId=${account.id}&status=void`)).toEqual([first.id]);
    expect(await found(`number=${await numberOf(`credit-notes/${second.id}`)}`)).toEqual([second.id]);
    expect(await found(`issueDate[gte]=2999-01-01`)).toEqual([]);
    expect(await found(`accountId=${account.id}&issueDate[gte]=${first.issueDate}&sort=total`)).toEqual([
      first.id,
      second.id,
    ]);
    await client.create(`credit-notes/${second.id}/void`);
    expect(await client.create(`invoices/${invoice.id}/void`)).toMatchObject({ status: 'void' });
    const then = await client.read(`accounts/${account.id}/state`);
    expect(then.creditNotes).toEqual([
      await client.read(`credit-notes/${first.id}`),
      await client.read(`credit-notes/${second.id}`),
    ]);
    expect(then.invoices[0].creditNotes.map(({ status }: Any) => status)).toEqual(['void', 'void']);
    await expectVerified(client, account);
  });

  it('take back what was given up', async () => {
    const { account, invoice } = await billed();
    await client.create(`invoices/${invoice.id}/mark-uncollectible`);
    const note = await credit(invoice, { amount: usd('10.00') });
    expect(note).toMatchObject({ writtenOff: usd('11.90'), credited: usd('0.00') });
    expect(await book(account)).toMatchObject({ bad_debt: '41.65', tax_payable: '6.65', receivable: '0.00' });
    await expectVerified(client, account);
  });

  it('are what a billing below zero is told by, and have its number', async () => {
    const { account, invoice } = await billed();
    const { data } = await client.read(`subscriptions?accountId=${account.id}`);
    await client.create(`subscriptions/${data[0].id}/cancel`, { at: '2025-01-11T00:00:00Z' });
    const run = await bill(client, JANUARY.end, { accounts: [account.id] });
    const [below] = await invoicesOf(client, run);
    // Of 20.00, 21 of 31 days of January come back, 13.55, and all of February: 33.55, and 19 % of that.
    expect(below).toMatchObject({ total: usd('-39.92'), creditNotes: [{ kind: 'correction', total: usd('39.92') }] });
    const path = `credit-notes/${below.creditNotes[0].id}`;
    expect(await client.read(path)).toMatchObject({
      kind: 'correction',
      invoiceId: below.id,
      corrects: [invoice.id],
      subtotal: usd('33.55'),
      taxTotal: usd('6.37'),
      total: usd('39.92'),
      credited: usd('39.92'),
      lines: below.lines.map(({ id, amount: { amount } }: Any) => ({ lineId: id, amount: usd(amount.slice(1)) })),
    });
    expect(await numberOf(path)).toMatch(/^CN-/u);
    expect((await read(below)).number).toBeNull();
    expect((await client.read(`credit-notes?accountId=${account.id}`)).data).toHaveLength(1);
    await expectVerified(client, account);

    const headers = { 'idempotency-key': crypto.randomUUID() };
    const refused = await client.ask('POST', `${path}/void`, { reason: 'x' }, { headers });
    expect(refused).toMatchObject({ status: 422, body: { code: 'credit_note_of_billing' } });
    await client.create(`invoices/${below.id}/void`, { reason: 'by mistake' });
    expect(await client.read(path)).toMatchObject({ status: 'void', voidReason: 'by mistake' });
    await expectVerified(client, account);
  });

  it('are numbered apart, or with the invoices, or as the tenant says', async () => {
    const settings = await client.read('tenant');
    expect(settings.creditNoteNumbers).toEqual({ prefix: 'CN-', digits: 6 });
    await client.done('PATCH', 'tenant', { creditNoteNumbers: { prefix: 'GS-', digits: 3 } });
    const { invoice } = await billed();
    const own = await credit(invoice, { amount: usd('1.00') });
    expect(await numberOf(`credit-notes/${own.id}`)).toMatch(/^GS-\d{3}$/);

    await client.done('PATCH', 'tenant', { creditNoteNumbers: null });
    expect((await client.read('tenant')).creditNoteNumbers).toBeNull();
    const last = Number((await numberOf(`invoices/${invoice.id}`)).slice('INV-'.length));
    const shared = await credit(invoice, { amount: usd('1.00') });
    expect(await numberOf(`credit-notes/${shared.id}`)).toBe(`INV-${String(last + 1).padStart(6, '0')}`);
    const next = await billed();
    expect(await numberOf(`invoices/${next.invoice.id}`)).toBe(`INV-${String(last + 2).padStart(6, '0')}`);

    await client.done('PATCH', 'tenant', { creditNoteNumbers: {} });
    expect((await client.read('tenant')).creditNoteNumbers).toEqual({ prefix: 'CN-', digits: 6 });
    const test = await billed({ test: true });
    const noted = await credit(test.invoice, { amount: usd('1.00') });
    expect(await numberOf(`credit-notes/${noted.id}`)).toBe('TEST-CN-000001');
  });

  it('say what is wrong with them', async () => {
    const { invoice } = await billed();
    const [line] = invoice.lines;
    const refusals = [
      [{}, 'invalid_credit_note', undefined],
      [{ lines: [{ lineId: line.id }] }, 'invalid_credit_note', '/lines/0'],
      [{ lines: [{ lineId: line.id, all: true }], amount: usd('1.00') }, 'invalid_credit_note', undefined],
      [{ kind: 'cancellation', amount: usd('1.00') }, 'invalid_credit_note', '/kind'],
      [{ amount: usd('0.00') }, 'amount_not_positive', '/amount/amount'],
      [{ amount: { amount: '1.00', currency: 'EUR' } }, 'currency_mismatch', '/amount/currency'],
      [{ lines: [{ lineId: line.id, quantity: '9999' }] }, 'credit_note_too_large', '/lines/0/quantity'],
      [
        { lines: [{ lineId: 'lin_00000000000000000000000000', all: true }] },
        'invoice_line_not_found',
        '/lines/0/lineId',
      ],
    ] as const;
    for (const [note, code, pointer] of refusals) {
      const problem = await asked(invoice, note);
      expect({ note, code: problem.code }).toEqual({ note, code });
      if (pointer !== undefined) expect(problem.errors[0].pointer).toBe(pointer);
    }
    const account = await openAccount(client, DE);
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await client.done('PUT', 'settings/billing', { finalize: 'grace', graceHours: 1 });
    const run = await client.create('billing-runs', {
      billThrough: new Date().toISOString(),
      accounts: [account.id],
    });
    const draft = await eventually(
      async () => (await client.read(`invoices?billingRunId=${run.id}`)).data[0],
      (found) => found !== undefined,
    );
    expect(await asked(draft, { kind: 'cancellation' })).toMatchObject({ code: 'invoice_not_finalized' });
  });
});

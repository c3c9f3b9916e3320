import { beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from '@cantoo/pdf-lib';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, billedAccount, invoicesOf, usd, withCatalog, withVat } from './samples.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;
let invoice: Any;
let note: Any;

const numbered = (path: string): Promise<Any> =>
  eventually(
    () => client.read(path),
    ({ number }) => number !== null,
  );

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  const { data } = await client.read('legal-entities');
  await client.done('PATCH', `legal-entities/${data[0].id}`, {
    name: 'Acme GmbH',
    address: { line1: 'Rechenweg 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    taxIds: [{ type: 'eu_vat', value: 'DE136695976' }],
  });
  await withVat(client);
  await withCatalog(client);
  ({ invoice } = await billedAccount(client, { name: 'Ada', billingAddress: { city: 'Wien', country: 'DE' } }));
  invoice = await numbered(`invoices/${invoice.id}`);
  const fee = invoice.lines.find(({ charge }: Any) => charge === 'fee');
  const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, {
    lines: [{ lineId: fee.id, amount: usd('5.00') }],
    reason: 'internal',
    memo: 'We are sorry.',
  });
  note = await numbered(`credit-notes/${id}`);
  await recount.caughtUp();
});

const get = (path: string): Promise<Response> =>
  fetch(`${recount.url}/v1/${path}`, { headers: { authorization: `Bearer ${client.key}` } });
const textOf = async (path: string): Promise<string> => (await get(path)).text();
const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await get(path)).arrayBuffer());

/** 5.00 and 19 %: 5.95. */
describe('a credit note', () => {
  it('is a page that says what it gives back of which invoice', async () => {
    const html = await textOf(`credit-notes/${note.id}/html`);
    for (const text of ['Credit note', note.number, invoice.number, 'We are sorry.', '$5.95', 'Ada', 'Acme GmbH'])
      expect(html).toContain(text);
    expect(html).not.toContain('internal');
    expect(html).not.toContain('Amount due');
  });

  it('is a PDF that is the same each time, with the e-invoice inside where that is asked for', async () => {
    const answer = await get(`credit-notes/${note.id}/pdf`);
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${note.number}.pdf"`);
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await bytesOf(`credit-notes/${note.id}/pdf`)).equals(pdf)).toBe(true);
    const hybrid = await bytesOf(`credit-notes/${note.id}/pdf?format=factur-x`);
    const [inside] = (await PDFDocument.load(hybrid, { updateMetadata: false })).getAttachments();
    expect(Buffer.from(inside!.data).toString()).toBe(await textOf(`credit-notes/${note.id}/xml?format=cii`));
  });

  it.each([
    ['ubl', ['<cbc:CreditNoteTypeCode>381<', '<cbc:PayableAmount currencyID="USD">5.95<']],
    ['cii', ['<ram:TypeCode>381<', '<ram:DuePayableAmount>5.95<']],
  ])('is an e-invoice of the type 381 in %s, which names its invoice', async (format, parts) => {
    const xml = await textOf(`credit-notes/${note.id}/xml?format=${format}`);
    for (const part of [...parts, `>${invoice.number}<`]) expect(xml).toContain(part);
  });

  it('says that it is void, and is no e-invoice then', async () => {
    const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, { amount: usd('1.00'), reason: 'x' });
    await numbered(`credit-notes/${id}`);
    await client.create(`credit-notes/${id}/void`, { reason: 'by mistake' });
    await recount.caughtUp();
    expect(await textOf(`credit-notes/${id}/html`)).toContain('Void');
    expect((await client.get(`credit-notes/${id}/xml`)).body.code).toBe('credit_note_voided');
  });

  it('is nothing to anybody else', async () => {
    const { client: other } = await recount.createTenant('Other');
    for (const form of ['html', 'pdf', 'xml', 'deliveries'])
      expect((await other.get(`credit-notes/${note.id}/${form}`)).status).toBe(404);
  });
});

describe('a billing below zero', () => {
  it('has no document but its credit note, which names what it corrects', async () => {
    const { account, invoice: before } = await billedAccount(client, { billingAddress: { country: 'DE' } });
    const { number } = await numbered(`invoices/${before.id}`);
    const { data } = await client.read(`subscriptions?accountId=${account.id}`);
    await client.create(`subscriptions/${data[0].id}/cancel`, { at: '2025-01-16T00:00:00Z' });
    const [billing] = await invoicesOf(client, await bill(client, '2025-02-01T00:00:00Z', { accounts: [account.id] }));
    const [{ id }] = billing.creditNotes;
    const correction = await numbered(`credit-notes/${id}`);
    await recount.caughtUp();
    for (const form of ['html', 'pdf', 'xml']) {
      const { status, body } = await client.get(`invoices/${billing.id}/${form}`);
      expect([status, body.code]).toEqual([409, 'invoice_is_credit_note']);
      expect(body.detail).toContain(id);
    }
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const html = await textOf(`credit-notes/${id}/html`);
    expect(html).toContain(correction.number);
    expect(html).toContain(number);
    expect(await textOf(`credit-notes/${id}/xml?validate=false`)).toContain(`<cbc:ID>${number}</cbc:ID>`);
    expect((await client.post(`invoices/${billing.id}/deliveries`, {}, headers)).body.code).toBe('mail_not_configured');
  });
});

import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from '@cantoo/pdf-lib';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { GrpcDoorClient } from './doors/grpc-client.js';
import { bill, billedAccount, invoicesOf, openAccount, subscribe, usd, withCatalog } from './samples.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;
let account: Any;
let invoice: Any;
let draft: Any;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start({ grpc: true }));
  client = recount.client;
  await client.done('PUT', 'settings/billing', { billing: 'manual' });
  await client.done('PATCH', 'tenant', { legalName: 'Analytik <GmbH> & Co.' });
  await withCatalog(client);
  ({ account, invoice } = await billedAccount(client, {
    name: 'Ada Lovelace Ltd',
    email: 'billing@ada.example',
    billingAddress: { line1: '1 Analytical Way', city: 'London', postalCode: 'N1 9GU', country: 'gb' },
    taxId: 'GB123456789',
  }));
  await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
  const other = await openAccount(client, { name: 'Grace' });
  await subscribe(client, other.id);
  [draft] = await invoicesOf(client, await bill(client, '2025-02-01T00:00:00Z', { accounts: [other.id] }));
  await recount.caughtUp();
});

const get = (path: string, accept?: string): Promise<Response> =>
  fetch(`${recount.url}/v1/invoices/${path}`, {
    headers: { authorization: `Bearer ${client.key}`, ...(accept === undefined ? {} : { accept }) },
  });

const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await get(path)).arrayBuffer());

const readsOf = async (operation: string): Promise<number> => {
  const { data } = await client.read(`audit/personal-data-reads?account=${account.id}`);
  return data.filter((read: Any) => read.operation === operation).length;
};

describe('an invoice as PDF', () => {
  it('is a file that is the same each time, and is in a language', async () => {
    const answer = await get(`${invoice.id}/pdf`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${invoice.number}.pdf"`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(Number(answer.headers.get('content-length'))).toBe(pdf.length);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await bytesOf(`${invoice.id}/pdf`)).equals(pdf)).toBe(true);
    expect((await bytesOf(`${invoice.id}/pdf?language=he`)).equals(pdf)).toBe(false);
  });

  it('has the e-invoice inside where that is asked for, the same that is answered by itself', async () => {
    const broken = await get(`${invoice.id}/pdf?format=factur-x`);
    expect(broken.status).toBe(422);
    expect(await broken.json()).toMatchObject({ code: 'e_invoice_rule' });
    const pdf = await bytesOf(`${invoice.id}/pdf?format=factur-x&validate=false`);
    const [inside] = (await PDFDocument.load(pdf, { updateMetadata: false })).getAttachments();
    expect(inside).toMatchObject({ name: 'factur-x.xml', afRelationship: 'Alternative' });
    expect(Buffer.from(inside!.data).equals(await bytesOf(`${invoice.id}/xml?format=cii&validate=false`))).toBe(true);
    const none = await get(`${draft.id}/pdf?format=factur-x`);
    expect(await none.json()).toMatchObject({ code: 'invoice_not_finalized' });
  });

  it('is in JSON for whoever accepts that, and by gRPC', async () => {
    const pdf = await bytesOf(`${invoice.id}/pdf`);
    const document = {
      fileName: `${invoice.number}.pdf`,
      mediaType: 'application/pdf',
      content: pdf.toString('base64'),
      digest: hash('sha256', pdf, 'hex'),
      copy: false,
    };
    const answer = await get(`${invoice.id}/pdf`, 'application/json');
    expect(answer.headers.get('vary')).toContain('Accept');
    expect(await answer.json()).toEqual(document);
    const door = GrpcDoorClient.connect(recount.grpcAddress, client.key);
    try {
      expect((await door.ask('GetInvoicePdf', { id: invoice.id })).body).toEqual(document);
      expect((await door.ask('GetInvoiceXml', { id: invoice.id })).body).toMatchObject({ code: 'e_invoice_rule' });
    } finally {
      await door.stop();
    }
  });

  it('is refused where a letter has no font', async () => {
    const answer = await client.get(`invoices/${invoice.id}/pdf?language=ja`);
    expect([answer.status, answer.body.code]).toEqual([422, 'document_glyph_missing']);
    expect((await get(`${invoice.id}/pdf`, 'image/png')).status).toBe(406);
  });
});

describe('an invoice as HTML', () => {
  it('says who bills whom, and carries nothing out', async () => {
    const answer = await get(`${invoice.id}/html?language=de`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    const html = await answer.text();
    for (const text of ['Rechnung', 'Analytik &lt;GmbH&gt; &amp; Co.', 'Ada Lovelace Ltd', 'Vereinigtes Königreich']) {
      expect(html).toContain(text);
    }
    expect(html).toContain('45,00');
  });

  it('of a draft says that it is one, and whom it would bill', async () => {
    const html = await (await get(`${draft.id}/html`)).text();
    expect(html).toContain('This is a draft and not an invoice.');
    expect(html).toContain('Grace');
    expect((await bytesOf(`${draft.id}/pdf`)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('speaks of the days of its issue, also once the zone of its seller is another', async () => {
    const pageOf = async ({ id }: Any): Promise<string> => (await get(`${id}/html`)).text();
    const [issued, drafted] = [await pageOf(invoice), await pageOf(draft)];
    await client.done('PATCH', 'tenant', { timeZone: 'Asia/Tokyo' });
    try {
      expect(await pageOf(invoice)).toBe(issued);
      expect(await pageOf(draft)).not.toBe(drafted);
    } finally {
      await client.done('PATCH', 'tenant', { timeZone: 'UTC' });
    }
  });

  it('is in the language that its customer had on the day of issue, else in that of the seller', async () => {
    const languageOf = async ({ id }: Any): Promise<string> =>
      /<html lang="([^"]+)"/u.exec(await (await get(`${id}/html`)).text())![1]!;
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'auto' });
    const french = await billedAccount(client, { name: 'Émilie', language: 'fr-Latn-CH' });
    const { id: sellerId } = (await client.read('legal-entities')).data[0];
    await client.done('PATCH', `legal-entities/${sellerId}`, { language: 'de' });
    const plain = await billedAccount(client, { name: 'Grete' });
    await client.done('PATCH', `accounts/${french.account.id}`, { language: 'it' });
    await client.done('PATCH', `legal-entities/${sellerId}`, { language: null });
    await recount.caughtUp();
    expect([await languageOf(french.invoice), await languageOf(plain.invoice)]).toEqual(['fr-CH', 'de']);
  });

  it.each(['tlh', 'de-u-nu-arab', ''])('is refused in “%s”', async (language) => {
    const answer = await client.get(`invoices/${invoice.id}/html?language=${language}`);
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'unknown_language']);
  });
});

describe('an e-invoice', () => {
  it('is refused with each rule that it breaks', async () => {
    const { status, body } = await client.get(`invoices/${invoice.id}/xml`);
    expect([status, body.code]).toEqual([422, 'e_invoice_rule']);
    expect(body.errors.map(({ code, pointer }: Any) => [code, pointer])).toEqual([
      ['BR-08', '/seller/address'],
      ['BR-09', '/seller/address/country'],
      ['BR-CO-26', '/seller/taxIds'],
    ]);
    expect((await client.get(`invoices/${draft.id}/xml`)).body.code).toBe('invoice_not_finalized');
  });

  it.each([
    ['ubl', '<cbc:PayableAmount currencyID="USD">45.00</cbc:PayableAmount>'],
    ['cii', '<ram:DuePayableAmount>45.00</ram:DuePayableAmount>'],
  ])('is written as %s all the same where that is asked for', async (format, part) => {
    const answer = await get(`${invoice.id}/xml?format=${format}&validate=false`);
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${invoice.number}.${format}.xml"`);
    const xml = await answer.text();
    expect(xml).toContain(part);
    expect(xml).toContain(invoice.number);
  });
});

describe('what left the house', () => {
  it('is not sent again to whoever has it', async () => {
    const { invoice: known } = await billedAccount(client, { name: 'Held' });
    await recount.caughtUp();
    const whole = await get(`${known.id}/pdf`);
    const etag = whole.headers.get('etag')!;
    await whole.arrayBuffer();
    const asking = async (tags: string, path = 'pdf', accept = '*/*'): Promise<Response> =>
      fetch(`${recount.url}/v1/invoices/${known.id}/${path}`, {
        headers: { authorization: `Bearer ${client.key}`, 'if-none-match': tags, accept },
      });
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await asking(tags);
      expect([answer.status, answer.headers.get('etag'), (await answer.arrayBuffer()).byteLength]).toEqual([
        304,
        etag,
        0,
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    // Other bytes, no bytes that left the house, and JSON, which is not these bytes, are sent.
    for (const [tags, path, accept] of [
      ['"other"', 'pdf', '*/*'],
      [etag.slice(1, -1), 'pdf', '*/*'],
      [etag, 'pdf?language=de', '*/*'],
      ['*', 'html', '*/*'],
      [etag, 'pdf', 'application/json'],
    ] as const) {
      const answer = await asking(tags, path, accept);
      expect([path, answer.status]).toEqual([path, 200]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  const pdfOf = async (id: string, query = ''): Promise<Response> => get(`${id}/pdf${query}`);
  const digestOf = (bytes: ArrayBuffer): string => hash('sha256', Buffer.from(bytes), 'hex');

  it('stays what it is, byte by byte, whatever becomes of the invoice, and is listed', async () => {
    const { invoice: paid } = await billedAccount(client, { name: 'Kept' });
    await recount.caughtUp();
    const before = await pdfOf(paid.id);
    const digest = digestOf(await before.arrayBuffer());
    expect(before.headers.get('etag')).toBe(`"${digest}"`);
    await client.create(`invoices/${paid.id}/payments`, { amount: usd('15.00') });
    await recount.caughtUp();
    expect(await (await get(`${paid.id}/html`)).text()).toContain('15.00');
    const after = await pdfOf(paid.id);
    expect([digestOf(await after.arrayBuffer()), after.headers.get('recount-document')]).toEqual([digest, null]);
    await pdfOf(paid.id, '?language=de');
    expect(await client.read(`invoices/${paid.id}/documents`)).toMatchObject([
      {
        format: 'pdf',
        profile: null,
        language: 'en',
        digest,
        madeBy: expect.stringMatching(/^recount .+, template [0-9a-f]{12}$/u),
      },
      { format: 'pdf', language: 'de' },
    ]);
  });

  it('is told once, however many ask for it at once', async () => {
    const { invoice: asked } = await billedAccount(client, { name: 'Many' });
    await recount.caughtUp();
    const answers = await Promise.all(Array.from({ length: 5 }, () => pdfOf(asked.id)));
    const digests = await Promise.all(answers.map(async (answer) => digestOf(await answer.arrayBuffer())));
    expect(new Set(digests).size).toBe(1);
    expect(await client.read(`invoices/${asked.id}/documents`)).toHaveLength(1);
  });

  it('is there again where it was lost, if it can be made as it was, and is a copy otherwise', async () => {
    const { invoice: lost } = await billedAccount(client, { name: 'Lost' });
    await recount.caughtUp();
    const digest = digestOf(await (await pdfOf(lost.id)).arrayBuffer());
    const lose = () => recount.database.owner.query('DELETE FROM ops.documents WHERE document_id = $1', [lost.id]);
    const rows = async () =>
      (await recount.database.owner.query('SELECT FROM ops.documents WHERE document_id = $1', [lost.id])).rowCount;
    await lose();
    const again = await pdfOf(lost.id);
    expect([digestOf(await again.arrayBuffer()), again.headers.get('recount-document')]).toEqual([digest, null]);
    expect(await rows()).toBe(1);
    await lose();
    await client.create(`invoices/${lost.id}/payments`, { amount: usd('15.00') });
    await recount.caughtUp();
    const copy = await pdfOf(lost.id);
    expect(copy.headers.get('recount-document')).toBe('copy');
    expect(digestOf(await copy.arrayBuffer())).not.toBe(digest);
    expect([await rows(), (await client.read(`invoices/${lost.id}/documents`)).length]).toEqual([0, 1]);
  });

  it('is made again where it was damaged', async () => {
    const { invoice: damaged } = await billedAccount(client, { name: 'Damaged' });
    await recount.caughtUp();
    const digest = digestOf(await (await pdfOf(damaged.id)).arrayBuffer());
    const { rowCount } = await recount.database.owner.query(
      `UPDATE ops.documents SET sealed = overlay(sealed placing '\\x00000000'::bytea from 1) WHERE document_id = $1`,
      [damaged.id],
    );
    expect(rowCount).toBe(1);
    for (let time = 0; time < 2; time++) expect(digestOf(await (await pdfOf(damaged.id)).arrayBuffer())).toBe(digest);
  });

  it('is kept in fifty forms, and made each time in all others', async () => {
    const { invoice: asked } = await billedAccount(client, { name: 'Polyglot' });
    await recount.caughtUp();
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const countries = letters.flatMap((letter) => [`A${letter}`, `B${letter}`]);
    for (const country of countries) expect((await pdfOf(asked.id, `?language=en-${country}`)).status).toBe(200);
    const { rowCount } = await recount.database.owner.query('SELECT FROM ops.documents WHERE document_id = $1', [
      asked.id,
    ]);
    expect([rowCount, (await client.read(`invoices/${asked.id}/documents`)).length]).toEqual([50, 50]);
  });

  it('is sealed', async () => {
    await (await pdfOf(invoice.id)).arrayBuffer();
    const { rows } = await recount.database.owner.query<{ sealed: Buffer }>('SELECT sealed FROM ops.documents');
    expect(rows.length).toBeGreaterThan(0);
    for (const { sealed } of rows) expect(sealed.includes('%PDF')).toBe(false);
  });

  it('is none of what is void, a draft, or may break a rule', async () => {
    await bytesOf(`${draft.id}/pdf`);
    const { invoice: voided } = await billedAccount(client, { name: 'Void' });
    await recount.caughtUp();
    await client.create(`invoices/${voided.id}/void`, { reason: 'by mistake' });
    await recount.caughtUp();
    await bytesOf(`${voided.id}/pdf`);
    await bytesOf(`${voided.id}/xml?validate=false`);
    for (const { id } of [draft, voided]) expect(await client.read(`invoices/${id}/documents`)).toEqual([]);
  });
});

describe('whose document it is', () => {
  it('is written down as read, whoever reads it in whichever form', async () => {
    for (const [form, operation] of [
      ['html', 'GetInvoiceHtml'],
      ['pdf', 'GetInvoicePdf'],
      ['xml?validate=false', 'GetInvoiceXml'],
    ] as const) {
      const before = await readsOf(operation);
      await bytesOf(`${invoice.id}/${form}`);
      expect([operation, await readsOf(operation)]).toEqual([operation, before + 1]);
    }
  });

  it('is told to no other tenant', async () => {
    const { client: other } = await recount.createTenant('Other');
    for (const form of ['html', 'pdf', 'xml']) {
      expect((await other.get(`invoices/${invoice.id}/${form}`)).status).toBe(404);
    }
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { patternedPng, pngOf } from '#testing';
import { billedAccount, withCatalog } from './samples.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;
let entity: Any;
let before: Any;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  [entity] = (await client.read('legal-entities')).data;
  before = (await billedAccount(client, { name: 'Before' })).invoice;
  await recount.caughtUp();
});

const file = async (path: string): Promise<Buffer> => {
  const answer = await fetch(`${recount.url}/v1/${path}`, { headers: { authorization: `Bearer ${client.key}` } });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};

/** Width and height of each. */
const picturesIn = async (pdf: Buffer): Promise<unknown[]> =>
  (await PDFDocument.load(pdf, { updateMetadata: false })).context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object.dict] : []))
    .filter((dict) => dict.get(PDFName.of('Subtype')) === PDFName.of('Image'))
    .map((dict) => ['Width', 'Height'].map((side) => Number(String(dict.get(PDFName.of(side))))));

const change = (branding: object): Promise<Any> =>
  client.done('PATCH', `legal-entities/${entity.id}/branding`, branding);

/** One story, told in order. */
describe('the branding of a legal entity', () => {
  const LOGO = { mediaType: 'image/png', width: 300, height: 90 };

  it('is nothing until it is said', async () => {
    expect(await client.read(`legal-entities/${entity.id}/branding`)).toEqual({
      logo: null,
      accentColor: null,
      texts: [],
      hiddenColumns: [],
    });
    expect(await picturesIn(await file(`invoices/${before.id}/pdf`))).toEqual([]);
  });

  it('is a logo, a colour, texts and what lines say, each by itself', async () => {
    const logo = pngOf(300, 90);
    expect(await change({ logo })).toMatchObject({ logo: LOGO, accentColor: null });
    await change({ accentColor: '#0a5c36' });
    const texts = [
      { language: 'en', intro: 'Thank you.', payment: 'Name <the> number.' },
      { language: 'de', payment: 'Bitte nennen Sie die Nummer.' },
    ];
    const all = { logo: LOGO, accentColor: '#0a5c36', texts, hiddenColumns: ['quantity'] };
    await change({ texts });
    expect(await change({ hiddenColumns: ['quantity'] })).toMatchObject(all);
    expect(await client.read(`legal-entities/${entity.id}/branding`)).toEqual(all);
  });

  it('is seen in a sample, which is a draft', async () => {
    const html = (await file(`legal-entities/${entity.id}/sample/html?language=de`)).toString();
    for (const said of [
      `src="data:image/png;base64,${pngOf(300, 90)}"`,
      'style="--accent: #0a5c36; --title: #0a5c36"',
      'Bitte nennen Sie die Nummer.',
      'Entwurf',
      'Acme',
    ])
      expect(html).toContain(said);
    for (const said of ['Menge', 'Thank you.', 'Name &lt;the&gt; number.']) expect(html).not.toContain(said);
    const french = (await file(`legal-entities/${entity.id}/sample/html?language=fr`)).toString();
    for (const said of ['Thank you.', 'Name &lt;the&gt; number.']) expect(french).toContain(said);
    const pdf = await file(`legal-entities/${entity.id}/sample/pdf`);
    expect(await picturesIn(pdf)).toEqual([[300, 90]]);
    expect((await file(`legal-entities/${entity.id}/sample/pdf`)).equals(pdf)).toBe(true);
    expect(pdf.toString('latin1')).toMatch(/pdfaid:part>3</u);
  });

  it('is on what leaves the house from then on, and changes nothing of what left it', async () => {
    const { invoice } = await billedAccount(client, { name: 'After' });
    await recount.caughtUp();
    const pdf = await file(`invoices/${invoice.id}/pdf`);
    expect(await picturesIn(pdf)).toEqual([[300, 90]]);
    expect(await picturesIn(await file(`invoices/${before.id}/pdf`))).toEqual([]);
    await change({ logo: null, accentColor: null, hiddenColumns: [] });
    expect((await file(`invoices/${invoice.id}/pdf`)).equals(pdf)).toBe(true);
    expect(await picturesIn(await file(`invoices/${invoice.id}/pdf?language=de`))).toEqual([]);
    expect((await file(`invoices/${invoice.id}/html`)).toString()).not.toContain('<img');
  });

  it('is on a credit note, which nobody pays', async () => {
    await change({ logo: pngOf(10, 10), texts: [{ language: 'en', intro: 'Hello.', payment: 'Pay by transfer.' }] });
    const note = await client.create(`invoices/${before.id}/credit-notes`, {
      amount: { amount: '1.00', currency: 'USD' },
      reason: 'outage',
    });
    await eventually(
      () => client.read(`credit-notes/${note.id}`),
      ({ number }) => number !== null,
      'the number of the credit note',
    );
    const html = (await file(`credit-notes/${note.id}/html`)).toString();
    expect(html).toContain('<img class="logo"');
    for (const said of ['Hello.', 'Pay by transfer.']) expect(html).not.toContain(said);
    expect((await file(`invoices/${before.id}/html`)).toString()).toContain('Pay by transfer.');
  });

  it.each([
    ['what is no picture', Buffer.from('<svg/>').toString('base64')],
    ['what is no base64', 'iVBORw0KGgo*'],
    ['one that is cut short', pngOf(300, 90, { cutAt: 80 })],
    ['one that is too wide', pngOf(1_001, 1)],
    ['one that a PDF cannot pack', patternedPng(600)],
    ['one whose rows are missing', pngOf(300, 0)],
  ])('is not %s', async (_, logo) => {
    const was = await client.read(`legal-entities/${entity.id}/branding`);
    const { status, body } = await client.patch(`legal-entities/${entity.id}/branding`, { logo });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid_logo', '/logo']);
    expect(await client.read(`legal-entities/${entity.id}/branding`)).toEqual(was);
  });

  it.each([
    ['/logo', { logo: 'A'.repeat(87_385) }],
    ['/accentColor', { accentColor: 'red' }],
    ['/accentColor', { accentColor: '#0a5c36; background: url(https://a.example)' }],
    ['/texts/0/payment', { texts: [{ language: 'en', payment: '' }] }],
    ['/texts/0/language', { texts: [{ language: 'tlh', payment: 'x' }] }],
    ['/texts', { texts: ['one', 'two'].map((payment) => ({ language: 'en', payment })) }],
    ['/hiddenColumns', { hiddenColumns: ['amount'] }],
    ['/template', { template: '#read("/etc/passwd")' }],
  ])('has no such %s', async (pointer, branding) => {
    const { status, body } = await client.patch(`legal-entities/${entity.id}/branding`, branding);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('is of an entity that is there', async () => {
    const nobody = `legal-entities/ent_${'0'.repeat(26)}`;
    for (const path of ['branding', 'sample/html', 'sample/pdf'])
      expect((await client.get(`${nobody}/${path}`)).body.code).toBe('legal_entity_not_found');
    expect((await client.patch(`${nobody}/branding`, { accentColor: '#000000' })).body.code).toBe(
      'legal_entity_not_found',
    );
  });
});

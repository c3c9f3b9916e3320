import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { documentSource, itemLine, pngOf } from '#testing';
import { invoiceView, LANGUAGES } from '#documents';
import { CURRENCY_DIGITS, money } from '#kernel';
import { Typesetter, type TypesetterOptions } from './typesetter.js';

const viewIn = (language: string, description = 'Setup') =>
  invoiceView(documentSource([itemLine(description, 100n)]), language);

describe('the typesetter', () => {
  const all: Typesetter[] = [];
  const typesetter = (options: TypesetterOptions = {}): Typesetter => {
    const one = new Typesetter(options);
    all.push(one);
    return one;
  };
  afterEach(async () => void (await Promise.all(all.splice(0).map((one) => one.end()))));

  const pdfOf = async (one: Typesetter, language: string, description?: string): Promise<Buffer> => {
    const view = viewIn(language, description);
    return Buffer.from(await one.pdf(view, view.createdAt));
  };

  it('lays out the same document for the same data, byte by byte, also in another process of another day', async () => {
    const first = await pdfOf(typesetter(), 'en');
    const again = await pdfOf(typesetter(), 'en');
    expect(first.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(again.equals(first)).toBe(true);
    expect(first.toString('latin1')).toContain('20260201');
    expect((await pdfOf(typesetter(), 'en', 'Other')).equals(first)).toBe(false);
  });

  it('makes what may be kept: PDF/A-3, with its fonts and a way for those who do not see it', async () => {
    const pdf = (await pdfOf(typesetter(), 'de')).toString('latin1');
    expect(pdf).toMatch(/pdfaid:part>3</u);
    expect(pdf).toMatch(/pdfaid:conformance>B</u);
    expect(pdf).toContain('/FontFile2');
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toContain('/Lang');
  });

  it('has the e-invoice inside, and says so in words that a reader of PDF/A knows', async () => {
    const view = viewIn('en');
    const xml = '<Invoice>Žluťoučký & "kůň"</Invoice>';
    const made = await typesetter().pdf(view, view.createdAt, { facturX: xml });
    const again = await typesetter().pdf(view, view.createdAt, { facturX: xml });
    expect(Buffer.from(again).equals(made)).toBe(true);
    const document = await PDFDocument.load(made, { updateMetadata: false });
    const attachments = document.getAttachments();
    expect(attachments).toHaveLength(1);
    expect(attachments[0]).toMatchObject({ name: 'factur-x.xml', mimeType: 'text/xml', afRelationship: 'Alternative' });
    expect(Buffer.from(attachments[0]!.data).toString('utf8')).toBe(xml);
    const pdf = Buffer.from(made).toString('latin1');
    expect(pdf).toMatch(/\/AF \[/u);
    expect(pdf).toMatch(/pdfaid:part>3</u);
    expect(pdf).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
    expect(pdf.match(/<pdfaExtension:schemas>/gu)).toHaveLength(1);
    expect(pdf.match(/\/Type \/Metadata/gu)).toHaveLength(1);
  });

  it.each(LANGUAGES.filter((language) => language !== 'ja'))(
    'has every letter of %s, and every currency',
    async (language) => {
      const one = typesetter();
      const totals = CURRENCY_DIGITS.flatMap(([currency]) => {
        const none = { amountPaid: money(0n, currency), amountCredited: money(0n, currency) };
        const line = itemLine('x', -123_456n, { amount: money(-123_456n, currency) });
        return invoiceView(documentSource([line], undefined, { currency, ...none }), language).totals;
      });
      const view = { ...viewIn(language, 'مؤسسة בע"מ Łódź Ωμέγα Жук'), totals };
      expect((await one.pdf(view, 0)).length).toBeGreaterThan(10_000);
    },
  );

  it('breaks a word that is longer than its column, and prints none over what stands beside it', async () => {
    const pagesOf = async (description: string): Promise<number> =>
      (await PDFDocument.load(await pdfOf(typesetter(), 'en', description), { updateMetadata: false })).getPageCount();
    expect(await pagesOf('W'.repeat(20))).toBe(1);
    expect(await pagesOf('W'.repeat(4_000))).toBeGreaterThan(1);
  });

  it('has a logo in it, within PDF/A, and shows no column that is hidden; byte by byte the same', async () => {
    const [width, height] = [300, 90];
    const logo = { mediaType: 'image/png', width, height, content: pngOf(width, height, { alpha: true }) } as const;
    const branding = { logo, accentColor: '#0a5c36', hiddenColumns: ['quantity', 'unit_price'] } as const;
    const { logo: shown, ...view } = invoiceView({ ...documentSource([itemLine('Setup', 100n)]), branding }, 'en');
    const made = await typesetter().pdf(view, view.createdAt, { logo: shown });
    expect(Buffer.from(await typesetter().pdf(view, view.createdAt, { logo: shown })).equals(made)).toBe(true);
    const pdf = Buffer.from(made).toString('latin1');
    expect(pdf).toMatch(/pdfaid:part>3</u);
    expect(pdf).toMatch(/\/Subtype \/Image/u);
    const without = Buffer.from(await typesetter().pdf(view, view.createdAt)).toString('latin1');
    expect(without).not.toMatch(/\/Subtype \/Image/u);
  });

  it('prints what looks like code as it is, and carries nothing out', async () => {
    const hostile = '#read("/etc/passwd") *bold* $x$ `raw` <label> @ref \\ #panic("x") = Title // no comment';
    expect((await pdfOf(typesetter(), 'en', hostile)).length).toBeGreaterThan(10_000);
  });

  it.each(['\u0007', '\ud800', '\u0085', '\uffff', 'a\u200fb', '\ufeff', 'a\tb\r\nc', 'e\u0301', ''])(
    'prints %j, or what stands for it',
    async (text) => {
      const one = typesetter();
      for (const language of ['en', 'he']) expect((await pdfOf(one, language, text)).length).toBeGreaterThan(0);
    },
  );

  it('says which letters no font has, and lays out the next document', async () => {
    const one = typesetter();
    await expect(pdfOf(one, 'ja')).rejects.toMatchObject({
      code: 'document_glyph_missing',
      message: expect.stringContaining('請'),
    });
    await expect(pdfOf(one, 'en', 'x\u{1F600}\ue000')).rejects.toMatchObject({
      message:
        'No font of this installation has 😀, U+E000: the operator names a folder with one that has by RECOUNT_FONT_DIR.',
    });
    expect((await pdfOf(one, 'en')).length).toBeGreaterThan(0);
  });

  it('looks at the fonts of a folder, and passes over what is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-fonts-'));
    try {
      writeFileSync(join(folder, 'broken.ttf'), 'no font');
      expect((await pdfOf(typesetter({ fontFolder: folder }), 'en')).length).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
    await expect(pdfOf(typesetter({ fontFolder: folder }), 'en')).rejects.toThrow('ENOENT');
  });

  it('ends what takes too long, and lays out the next document in another process', async () => {
    const template = `#if json(bytes(sys.inputs.view)).forever { for a in range(100000) { for b in range(100000) { } } }
      #set document(title: "x", date: auto)
      x`;
    const one = typesetter({ template, patienceMilliseconds: 5_000 });
    await expect(one.pdf({ forever: true }, 0)).rejects.toMatchObject({
      code: 'document_too_slow',
      kind: 'unavailable',
    });
    expect((await one.pdf({ forever: false }, 0)).length).toBeGreaterThan(0);
  });

  it('does not lay out what nobody waits for any more', async () => {
    const one = typesetter({ waitingMax: 1 });
    const leaving = new AbortController();
    const first = pdfOf(one, 'en');
    const view = viewIn('en');
    const left = one.pdf(view, view.createdAt, { abandoned: leaving.signal });
    await expect(pdfOf(one, 'en')).rejects.toMatchObject({ code: 'documents_busy' });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'documents_busy', message: 'Whoever asked no longer waits.' });
    await expect(one.pdf(view, view.createdAt, { abandoned: leaving.signal })).rejects.toMatchObject({
      code: 'documents_busy',
    });
    expect((await pdfOf(one, 'en')).length).toBeGreaterThan(0);
    await first;
  });

  it('refuses more than may wait, and what waits when it ends', async () => {
    const one = typesetter({ waitingMax: 2 });
    const waiting = Array.from({ length: 3 }, () => pdfOf(one, 'en'));
    await expect(pdfOf(one, 'en')).rejects.toMatchObject({ code: 'documents_busy', kind: 'unavailable' });
    expect((await Promise.all(waiting)).length).toBe(3);
    const late = [pdfOf(one, 'en'), pdfOf(one, 'en')];
    const ended = Promise.allSettled(late);
    await one.end();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pdfOf(one, 'en')).rejects.toMatchObject({ code: 'documents_busy' });
  });
});

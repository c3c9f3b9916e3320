import { TaxReportRefused, type TaxableDocument, type TaxDocumentReport, type TaxProvider } from '#billing/tax';
import { derivedId, money } from '#kernel';
import { on, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';

/** Two lines of different classes, bought in New York. */
export const aDocument = (change: Partial<TaxableDocument> = {}): TaxableDocument => ({
  tenantId: TENANT,
  documentId: derivedId('inv', 'document'),
  currency: 'USD',
  issueDate: on('2026-02-01'),
  seller: { country: 'US', region: 'NY' },
  buyer: { country: 'US', region: 'NY', isBusiness: false, exempt: false, address: { postalCode: '10001' } },
  prices: 'exclusive',
  lines: [
    { id: derivedId('lin', 'a'), amount: money(99_99n, 'USD'), taxClass: 'standard', servedOn: on('2026-01-31') },
    { id: derivedId('lin', 'b'), amount: money(-10_00n, 'USD'), taxClass: 'groceries', servedOn: on('2026-02-01') },
  ],
  ...change,
});

/** What holds of whoever says taxes, whichever way it finds them. */
export const holdsOfTaxProvider = (name: string, provider: () => TaxProvider): void =>
  describe(`the tax provider ${name}`, () => {
    it('says of each line of a document which rates it bears, and of no other', async () => {
      const document = aDocument();
      const { lines, reference } = await provider().quote(document);
      expect(reference).not.toBe('');
      expect([...lines.keys()]).toEqual(document.lines.map(({ id }) => id));
      for (const { code, jurisdiction, category, rate } of [...lines.values()].flat()) {
        expect(code).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/u);
        expect(jurisdiction).toMatch(/^[A-Z]{2}(-[A-Z0-9]{1,8})?$/u);
        expect(rate).toMatch(/^\d{1,3}(\.\d{1,6})?$/u);
        expect(Number(rate) > 0).toBe(category === 'S');
      }
    });

    it('says the same of the same document, under the same reference', async () => {
      expect(await provider().quote(aDocument())).toEqual(await provider().quote(aDocument()));
    });

    it('knows documents apart', async () => {
      const other = await provider().quote(aDocument({ documentId: derivedId('inv', 'other') }));
      expect(other.reference).not.toBe((await provider().quote(aDocument())).reference);
    });

    it('asks of one line as of many', async () => {
      const [line] = aDocument().lines;
      const { lines } = await provider().quote(aDocument({ documentId: derivedId('inv', 'one'), lines: [line!] }));
      expect(lines.get(line!.id)).toEqual((await provider().quote(aDocument())).lines.get(line!.id));
    });
  });

/** An invoice of 9.99, as it is told that it was issued. */
export const aReport = (change: Partial<TaxDocumentReport> = {}): TaxDocumentReport => ({
  tenantId: TENANT,
  invoiceId: derivedId('inv', 'document'),
  report: 'issued',
  quote: 'txn-1',
  issueDate: on('2026-02-01'),
  taxes: [
    {
      code: 'nyc',
      jurisdiction: 'US-NY',
      category: 'S',
      rate: '4.5',
      base: money(99_99n, 'USD'),
      amount: money(4_50n, 'USD'),
    },
  ],
  subtotal: money(99_99n, 'USD'),
  tax: money(4_50n, 'USD'),
  total: money(104_49n, 'USD'),
  ...change,
});

/** What holds of whoever wants to hear what became of documents. */
export const holdsOfWhoIsTold = (name: string, provider: () => TaxProvider): void =>
  describe(`the tax provider ${name}, which is told of documents`, () => {
    const { signal } = new AbortController();
    const tell = (change: Partial<TaxDocumentReport>) => provider().tell!(aReport(change), signal);

    it('takes the same once, under the same reference', async () => {
      const invoiceId = derivedId('inv', name, 'told twice');
      const { reference } = await tell({ invoiceId });
      expect(reference).not.toBe('');
      expect(await tell({ invoiceId })).toEqual({ reference });
      expect((await tell({ invoiceId: derivedId('inv', name, 'other') })).reference).not.toBe(reference);
    });

    it.each([{}, { creditNoteId: derivedId('crn', name) }])(
      'takes that it is void after it was issued: %j',
      async (of) => {
        const document = { invoiceId: derivedId('inv', name, 'void'), ...of };
        const voided = { ...document, report: 'voided', voidedOn: on('2026-02-02') } as const;
        await expect(tell(voided)).rejects.toThrow(TaxReportRefused);
        const issued = await tell(document);
        const { reference } = await tell(voided);
        expect(reference).not.toBe(issued.reference);
        expect(await tell(voided)).toEqual({ reference });
        expect(await tell(document)).toEqual(issued);
      },
    );
  });

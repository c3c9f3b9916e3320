import type { TaxCategory, TaxId, TaxReason } from '#contracts';
import { describe, expect, it, jest } from '@jest/globals';
import { anId, BUYER, chargeLine, documentSource, itemLine, SELLER } from '#testing';
import { money, type Instant } from '#kernel';
import { eInvoice } from '../e-invoice/e-invoice-of.js';
import { invoiceView } from './invoice-view-of.js';

const LINES = [itemLine('Setup', 15_000n, { quantity: '2', unitAmount: '75.00' })];

const totals = (view: ReturnType<typeof invoiceView>): (readonly [string, string])[] =>
  view.totals.map(({ label, value }) => [label, value]);

describe('what an invoice says', () => {
  it('is who sells what to whom, for how much, and when it is due', () => {
    const view = invoiceView(documentSource(LINES), 'en');
    expect(view).toMatchObject({
      title: 'Invoice',
      number: 'INV-000042',
      watermark: null,
      direction: 'ltr',
      seller: { name: 'Analytik GmbH', lines: ['Rechenweg 1', '10115 Berlin', 'Germany'] },
      buyer: { name: 'Ada Lovelace Ltd', lines: ['1 Analytical Way', '1010 Wien', 'Austria'] },
      lines: [{ description: 'Setup', quantity: '2', unitPrice: '€75.00', amount: '€150.00', details: [] }],
      notes: [],
      createdAt: Date.UTC(2026, 1, 1) / 1_000,
    });
    expect(totals(view)).toEqual([
      ['Subtotal', '€150.00'],
      ['Tax 19% (DE) on €150.00', '€28.50'],
      ['Total', '€178.50'],
      ['Amount due', '€178.50'],
    ]);
    expect(view.facts).toContainEqual({ label: 'Due date', value: 'March 3, 2026' });
    expect(view.payment.accounts[0]).toContainEqual({ label: 'IBAN', value: 'DE02 1203 0000 0000 2020 51' });
  });

  it('is what whoever sells wants said, and no more of lines than that', () => {
    const texts = [
      { language: 'de', intro: 'Danke.', payment: 'Bitte überweisen.' },
      { language: 'fr', intro: 'Merci.' },
    ];
    const source = { ...documentSource(LINES), branding: { texts, hiddenColumns: ['unit_price' as const] } };
    const inFrench = invoiceView(source, 'fr-CH');
    expect([inFrench.intro, inFrench.payment.text]).toEqual(['Merci.', null]);
    expect([inFrench.columns.unitPrice, inFrench.lines[0]!.unitPrice]).toEqual([null, null]);
    expect([inFrench.columns.quantity, inFrench.lines[0]!.quantity]).toEqual(['Quantité', '2']);
    // Nothing is said in Polish: what is named first is.
    expect(invoiceView(source, 'pl')).toMatchObject({ intro: 'Danke.', payment: { text: 'Bitte überweisen.' } });
    const bare = { ...source, branding: { hiddenColumns: ['quantity', 'service_period'] as const } };
    expect(invoiceView(bare, 'en')).toMatchObject({
      intro: null,
      columns: { quantity: null, unitPrice: 'Unit price' },
      lines: [{ quantity: null, period: null, unitPrice: '€75.00' }],
    });
  });

  it.each([
    ['#0a5c36', '#0a5c36'],
    ['#000000', '#000000'],
    ['#949494', '#949494'],
    ['#ffd700', null],
    ['#ffffff', null],
  ])('has rules in %s, and its title where that can be read on white', (accentColor, titleColor) => {
    expect(invoiceView({ ...documentSource(LINES), branding: { accentColor } }, 'en')).toMatchObject({
      accentColor,
      titleColor,
    });
  });

  it('is told by formats that were made for another: each that is made anew stays in memory for long', () => {
    const source = documentSource([chargeLine('Tokens', 1_234n), ...LINES]);
    const first = invoiceView(source, 'pl-PL');
    const made = (['NumberFormat', 'DateTimeFormat', 'DisplayNames'] as const).map((name) => jest.spyOn(Intl, name));
    expect(invoiceView(source, 'pl-PL')).toEqual(first);
    for (const constructed of made) {
      expect(constructed).not.toHaveBeenCalled();
      constructed.mockRestore();
    }
  });

  it('is for the days of a line also in what is taken off that', () => {
    const tokens = chargeLine('Tokens', 560n);
    const goodwill = itemLine('Goodwill: Tokens', -56n, { lineId: anId('lin', 2), adjusts: tokens.lineId });
    const source = documentSource([tokens, goodwill]);
    const [of, off] = invoiceView(source, 'en').lines;
    expect(off!.period).toBe(of!.period);
    const { lines } = eInvoice(source, 'en');
    expect(lines[1]!.period).toEqual(lines[0]!.period);
  });

  it('is what is left to pay once something was paid', () => {
    const paid = documentSource(LINES, undefined, {
      amountPaid: money(10_000n, 'EUR'),
      amountCredited: money(850n, 'EUR'),
    });
    expect(totals(invoiceView(paid, 'en')).slice(2)).toEqual([
      ['Total', '€178.50'],
      ['Paid', '-€100.00'],
      ['Credit applied', '-€8.50'],
      ['Amount due', '€70.00'],
    ]);
  });

  it('is why there is no tax', () => {
    const tax = { category: 'AE', rate: '0', reason: 'reverse_charge' } as const;
    expect(invoiceView(documentSource(LINES, tax), 'de').notes).toEqual([
      'Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).',
    ]);
    expect(totals(invoiceView(documentSource(LINES, null), 'en'))).toEqual([
      ['Total', '€150.00'],
      ['Amount due', '€150.00'],
    ]);
  });

  it('is that it is a draft, or void', () => {
    const draft = { status: 'draft', number: null, issueDate: null, dueOn: null } as const;
    expect(invoiceView(documentSource(LINES, null, draft), 'en')).toMatchObject({
      watermark: 'Draft',
      notes: ['This is a draft and not an invoice. Taxes are determined on the day of issue.'],
    });
    const view = invoiceView(documentSource(LINES, undefined, { status: 'void' }), 'en');
    expect(view.watermark).toBe('Void');
    expect(totals(view).at(-1)).toEqual(['Amount due', '€0.00']);
  });

  it('is that what is below zero goes to customer credit', () => {
    const view = invoiceView(documentSource([itemLine('Goodwill', -5_000n)]), 'en');
    expect(totals(view).slice(-3)).toEqual([
      ['Total', '-€59.50'],
      ['Credit applied', '€59.50'],
      ['Amount due', '€0.00'],
    ]);
    expect(view.notes).toEqual(['The amount is added to your customer credit.']);
  });

  it('is why no tax is charged, also where a rate of the tenant has it so', () => {
    const notesOf = (category: TaxCategory, reason: TaxReason): readonly string[] =>
      invoiceView(documentSource(LINES, { category, rate: '0', reason }), 'de').notes;
    expect(notesOf('E', 'domestic')).toEqual(['Steuerfreie Leistung.']);
    expect(notesOf('E', 'customer_exempt')).toEqual(['Steuerfrei: Der Empfänger ist von der Steuer befreit.']);
    expect(notesOf('K', 'destination')).toEqual(['Steuerfreie innergemeinschaftliche Lieferung.']);
    expect(notesOf('G', 'destination')).toEqual(['Steuerfreie Ausfuhrlieferung.']);
    expect(notesOf('Z', 'domestic')).toEqual([]);
  });

  it('is how a line comes about', () => {
    const line = chargeLine('Tokens', 560n, {
      quantity: '1550000',
      steps: [
        { tier: 1, quantity: '1000000', unitAmount: '0', amount: '0' },
        { tier: 2, quantity: '550000', unitAmount: '0.000012', amount: '6.6' },
      ],
      billedBefore: money(100n, 'EUR'),
      proration: { basis: 'day', numerator: 17, denominator: 31 },
    });
    const [told] = invoiceView(documentSource([line]), 'en').lines;
    expect(told!.unitPrice).toBeNull();
    expect(told!.details).toEqual([
      '1,000,000 × €0.00 = €0.00',
      '550,000 × €0.000012 = €6.60',
      '17/31 of the period',
      'Already billed: €1.00',
    ]);
  });

  it('has days of the zone of the tenant', () => {
    const period = { start: '2026-01-01T05:00:00Z' as Instant, end: '2026-02-01T05:00:00Z' as Instant };
    const source = { ...documentSource(LINES, undefined, { period }), timeZone: 'America/New_York' };
    const { value } = invoiceView(source, 'de').facts.find(({ label }) => label === 'Leistungszeitraum')!;
    expect(value).toMatch(/^01\.[–-]31\.01\.2026$/u);
  });

  it('is nothing of a person that was erased', () => {
    const { buyer } = invoiceView(documentSource(LINES, undefined, {}, { buyer: { name: '' } }), 'en');
    expect(buyer).toEqual({ label: 'Bill to', name: '', lines: [], details: [] });
  });

  it('names tax ids by their kind', () => {
    const taxIds: readonly TaxId[] = [
      { type: 'us_ein', value: '12-3456789' },
      { type: 'ch_vat', value: 'CHE-123.456.789 MWST' },
      { type: 'other', value: 'X1' },
    ];
    const view = invoiceView(
      documentSource(LINES, undefined, {}, { seller: { ...SELLER, taxIds }, buyer: BUYER }),
      'en',
    );
    expect(view.seller.details.slice(0, 3).map(({ label }) => label)).toEqual(['EIN', 'VAT ID', 'Tax number']);
  });
});

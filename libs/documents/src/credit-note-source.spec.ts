import type { DocumentLine } from '#billing/invoice';
import type { CreditNoteDocument } from '#billing/credit-note';
import { money } from '#kernel';
import { anId, chargeLine, creditNoteOn, documentSource, DOMESTIC, itemLine, SELLER } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { DocumentSource } from './document-source.js';
import { ciiOf } from './e-invoice/cii.js';
import { eInvoice } from './e-invoice/e-invoice-of.js';
import type { ELine } from './e-invoice/e-invoice.js';
import { brokenRules } from './e-invoice/rules.js';
import { ublOf } from './e-invoice/ubl.js';
import { LANGUAGES } from './languages.js';
import { invoiceView } from './view/invoice-view-of.js';

const SETUP = itemLine('Setup', 15_000n, { lineId: anId('lin', 1), quantity: '2', unitAmount: '75.00' });
const TOKENS = chargeLine('Tokens', 560n, {
  lineId: anId('lin', 2),
  quantity: '1550000',
  steps: [
    { tier: 1, quantity: '1000000', unitAmount: '0', amount: '0' },
    { tier: 2, quantity: '550000', unitAmount: '0.000012', amount: '6.6' },
  ],
  billedBefore: money(100n, 'EUR'),
});
const INVOICE_SOURCE = documentSource([SETUP, TOKENS]);

/** 75.00 and 2.00 of 155.60, and 19 %: 91.63. */
const NOTE = creditNoteOn(INVOICE_SOURCE, [
  { lineId: SETUP.lineId, minor: 7_500n, quantity: '1' },
  { lineId: TOKENS.lineId, minor: 200n },
]);

const given = (line: DocumentLine, minor: bigint, quantity?: string): DocumentSource =>
  creditNoteOn(documentSource([line]), [
    { lineId: line.lineId, minor, ...(quantity === undefined ? {} : { quantity }) },
  ]);
const priced = ({ quantity, price, net }: ELine) => [quantity, price.amount, price.per, net.minor];
const told = (source: DocumentSource) => {
  const [line] = invoiceView(source, 'en').lines;
  return [line!.quantity, line!.unitPrice, line!.amount, line!.details];
};

describe('what a credit note says', () => {
  it('is what it gives back of which invoice, and nothing to pay', () => {
    const view = invoiceView(NOTE, 'en');
    expect(view).toMatchObject({
      title: 'Credit note',
      number: 'CN-000007',
      watermark: null,
      lines: [
        { description: 'Setup', quantity: '1', unitPrice: '€75.00', amount: '€75.00' },
        { description: 'Tokens', quantity: '1', unitPrice: null, amount: '€2.00', details: [] },
      ],
      notes: ['We are sorry.', 'The amount is offset against open invoices, or added to your customer credit.'],
      payment: { accounts: [] },
      createdAt: Date.UTC(2026, 1, 12) / 1_000,
    });
    expect(view.facts.slice(0, 3)).toEqual([
      { label: 'Credit note number', value: 'CN-000007' },
      { label: 'Issue date', value: 'February 12, 2026' },
      { label: 'Corrects invoice', value: 'INV-000042, February 1, 2026' },
    ]);
    expect(view.totals.map(({ label, value }) => [label, value])).toEqual([
      ['Subtotal', '€77.00'],
      ['Tax 19% (DE) on €77.00', '€14.63'],
      ['Total', '€91.63'],
    ]);
  });

  it('has a day whose words stand as they are read, also from right to left', () => {
    const { value } = invoiceView(NOTE, 'he').facts[2]!;
    expect(value).toBe('\u200fINV-000042,\u200f 1 בפברואר 2026');
  });

  it('is how a line came about where all of it is given back', () => {
    expect(told(given(TOKENS, 560n))).toEqual([
      '1,550,000',
      null,
      '€5.60',
      ['1,000,000 × €0.00 = €0.00', '550,000 × €0.000012 = €6.60', 'Already billed: €1.00'],
    ]);
  });

  it('has a price only where units at it come to the amount', () => {
    const before = chargeLine('Late', 250n, {
      quantity: '3',
      steps: [{ tier: 1, quantity: '3', unitAmount: '2.50', amount: '7.5' }],
      billedBefore: money(500n, 'EUR'),
    });
    expect(told(given(before, 83n, '1'))).toEqual(['1', null, '€0.83', []]);
    expect(told(given(SETUP, 1_000n))).toEqual(['1', null, '€10.00', []]);
  });

  it('is that it is void', () => {
    const view = invoiceView(
      creditNoteOn(INVOICE_SOURCE, [{ lineId: SETUP.lineId, minor: 1n }], { status: 'void' }),
      'en',
    );
    expect(view.watermark).toBe('Void');
  });

  it.each(LANGUAGES)('is called what it is in %s', (language) => {
    const [invoice, note] = [invoiceView(INVOICE_SOURCE, language), invoiceView(NOTE, language)];
    expect(note.title).not.toBe(invoice.title);
    expect(note.facts[0]!.label).not.toBe(invoice.facts[0]!.label);
    expect(note.notes).toHaveLength(2);
  });
});

describe('the credit note of a billing below zero', () => {
  const correction = (...lines: readonly DocumentLine[]): DocumentSource =>
    creditNoteOn(
      documentSource(lines, DOMESTIC, { number: null }),
      lines.map(({ lineId, amount }) => ({ lineId, minor: -amount.minor })),
      { kind: 'correction' } satisfies Partial<CreditNoteDocument>,
    );

  it('gives back what lines take off, and says how that came about', () => {
    const late = chargeLine('Late', -250n, {
      quantity: '3',
      steps: [{ tier: 1, quantity: '3', unitAmount: '2.50', amount: '7.5' }],
      billedBefore: money(1_000n, 'EUR'),
    });
    expect(told(correction(late))).toEqual(['3', '€2.50', '€2.50', ['Already billed: €10.00']]);
    const [line] = eInvoice(correction(late), 'en').lines;
    expect(priced(line!)).toEqual(['1', '2.50', '1', 250n]);
    expect(line!.description).toBe('Quantity: 3; Already billed: €10.00');
  });

  it('turns a discount of an item the other way round with it', () => {
    const discounts = [{ discountId: anId('dsc'), name: 'Partner', amount: money(100n, 'EUR') }];
    const setup = itemLine('Setup', 900n, { unitAmount: '10.00', discounts });
    const [line] = eInvoice(correction(setup), 'en').lines;
    expect([...priced(line!), line!.allowances]).toEqual(['-1', '9.00', '1', -900n, []]);
    expect(line!.description).toContain('Partner');
  });

  it('turns items and what is new the other way round, without a price below zero', () => {
    const goodwill = itemLine('Goodwill', -2_000n, { lineId: anId('lin', 1), quantity: '2', unitAmount: '-10.00' });
    const seats = chargeLine('Seats', 1_500n, {
      lineId: anId('lin', 2),
      quantity: '3',
      steps: [{ tier: 1, quantity: '3', unitAmount: '5.00', amount: '15' }],
    });
    const note = eInvoice(correction(goodwill, seats), 'en');
    expect(note.lines.map(priced)).toEqual([
      ['2', '10.00', '1', 2_000n],
      ['-3', '5.00', '1', -1_500n],
    ]);
    expect(note.totals.gross).toEqual(money(595n, 'EUR'));
    expect(note.preceding).toEqual([]);
  });
});

describe('a credit note as an e-invoice', () => {
  it('is of the type 381, names its invoice, and is all to be given back', () => {
    const note = eInvoice(NOTE, 'en');
    expect(note).toMatchObject({
      type: '381',
      preceding: [{ number: 'INV-000042', issueDate: '2026-02-01' }],
      paymentMeans: [{ means: '97' }],
      notes: ['We are sorry.'],
      dueDate: null,
    });
    expect(note.totals).toEqual({
      net: money(7_700n, 'EUR'),
      tax: money(1_463n, 'EUR'),
      gross: money(9_163n, 'EUR'),
      paid: money(0n, 'EUR'),
      due: money(9_163n, 'EUR'),
    });
    expect(note.lines.map(priced)).toEqual([
      ['1', '75.00', '1', 7_500n],
      ['1', '2.00', '1', 200n],
    ]);
    expect((['en16931', 'xrechnung', 'peppol'] as const).flatMap((profile) => brokenRules(note, profile))).toEqual([]);
  });

  it('bears on each line what the invoice does on it, and says nothing of taxes of which it gives nothing back', () => {
    const goods = [1, 2, 3].map((n) => itemLine(`Goods ${n}`, 10_000n, { lineId: anId('lin', n) }));
    const vatOf = (rate: string, group: number, minor = 10_000n) => ({
      code: `de-${rate}`,
      jurisdiction: 'DE',
      category: 'S' as const,
      rate,
      base: money(minor, 'EUR'),
      amount: money((minor * BigInt(rate)) / 100n, 'EUR'),
      ...(group === 0 ? {} : { group }),
    });
    const taxation = {
      reason: 'domestic',
      rounding: 'document',
      prices: 'exclusive',
      buyer: { business: false },
    } as const;
    const source = documentSource(goods, DOMESTIC, {
      taxes: [vatOf('19', 0), vatOf('7', 1), vatOf('5', 2)],
      taxation: { ...taxation, groups: [0, 1, 2] },
    });
    const part = creditNoteOn(
      source,
      [
        { lineId: goods[2]!.lineId, minor: 1_000n },
        { lineId: goods[1]!.lineId, minor: 2_000n },
      ],
      {
        taxes: [vatOf('19', 0, 0n), vatOf('7', 1, 2_000n), vatOf('5', 2, 1_000n)],
        tax: money(190n, 'EUR'),
        total: money(3_190n, 'EUR'),
      },
    );
    const note = eInvoice(part, 'en');
    expect(note.lines.map(({ vat }) => vat.rate)).toEqual(['5', '7']);
    expect(note.vat.map(({ rate, base, amount }) => [rate, base.minor, amount.minor])).toEqual([
      ['7', 2_000n, 140n],
      ['5', 1_000n, 50n],
    ]);
    expect(brokenRules(note, 'en16931')).toEqual([]);
  });

  it('takes a discount back with the line, where all of that is given back', () => {
    const line = chargeLine('Seats', 900n, {
      quantity: '2',
      steps: [{ tier: 1, quantity: '2', unitAmount: '5.00', amount: '10' }],
      discounts: [{ discountId: anId('dsc'), name: 'Spring', amount: money(100n, 'EUR') }],
    });
    const [whole] = eInvoice(given(line, 900n), 'en').lines;
    expect([...priced(whole!), whole!.allowances[0]!.amount.minor]).toEqual(['2', '5.00', '1', 900n, 100n]);
    const [part] = eInvoice(given(line, 450n), 'en').lines;
    expect([...priced(part!), part!.allowances]).toEqual(['1', '4.50', '1', 450n, []]);
  });

  it('takes a discount back with an item, where all of that is given back', () => {
    const line = itemLine('Setup', 900n, {
      quantity: '2',
      unitAmount: '5.00',
      discounts: [{ discountId: anId('dsc'), name: 'Partner', amount: money(100n, 'EUR') }],
    });
    const [whole] = eInvoice(given(line, 900n), 'en').lines;
    expect([...priced(whole!), whole!.allowances[0]!.amount.minor]).toEqual(['2', '5.00', '1', 900n, 100n]);
    const [part] = eInvoice(given(line, 450n), 'en').lines;
    expect([...priced(part!), part!.allowances]).toEqual(['1', '4.50', '1', 450n, []]);
    expect(told(given(line, 450n))).toEqual(['1', null, '€4.50', []]);
  });

  it('is net, where prices have the tax inside', () => {
    // 59.50 of 119.00 with 19 % inside: 50.00 and 9.50.
    const line = itemLine('A', 11_900n, { unitAmount: '119.00' });
    const source = documentSource([line], DOMESTIC, {
      taxation: { reason: 'domestic', rounding: 'document', prices: 'inclusive', buyer: { business: false } },
    });
    const amounts = { amount: money(5_950n, 'EUR'), net: money(5_000n, 'EUR') };
    const note = creditNoteOn(source, [{ lineId: line.lineId, minor: 5_000n }], {
      lines: [{ lineId: line.lineId, ...amounts }],
    });
    expect(told(note)).toEqual(['1', null, '€59.50', []]);
    const e = eInvoice(note, 'en');
    expect(e.lines.map(priced)).toEqual([['1', '50.00', '1', 5_000n]]);
    expect(brokenRules(e, 'en16931')).toEqual([]);
  });

  it('is written as CreditNote in UBL, and by its type in CII', () => {
    const note = eInvoice(NOTE, 'en');
    const ubl = ublOf(note, 'peppol');
    for (const part of [
      '<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"',
      '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>',
      '<cbc:CreditedQuantity unitCode="C62">1</cbc:CreditedQuantity>',
      '<cbc:PaymentMeansCode>97</cbc:PaymentMeansCode>',
    ])
      expect(ubl).toContain(part);
    expect(ubl).toMatch(/<cac:InvoiceDocumentReference>\s+<cbc:ID>INV-000042<\/cbc:ID>\s+<cbc:IssueDate>2026-02-01</u);
    expect(ubl).not.toContain('DueDate');
    const cii = ciiOf(note, 'en16931');
    expect(cii).toContain('<ram:TypeCode>381</ram:TypeCode>');
    expect(cii).toMatch(/<ram:InvoiceReferencedDocument>\s+<ram:IssuerAssignedID>INV-000042</u);
    expect(ublOf(eInvoice(INVOICE_SOURCE, 'en'), 'peppol')).not.toContain('CreditNote');
  });

  it('says nothing of how its seller is paid', () => {
    expect(ublOf(eInvoice(NOTE, 'en'), 'en16931')).not.toContain(SELLER.bankAccounts![0]!.iban);
  });
});

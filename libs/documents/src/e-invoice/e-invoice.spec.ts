import type { Party } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { anId, BUYER, chargeLine, documentSource, DOMESTIC, itemLine, SELLER } from '#testing';
import { money, type Instant, type LocalDate } from '#kernel';
import type { PartyAddress, TaxCategory } from '#contracts';
import type { DocumentSource } from '../document-source.js';
import { ciiOf } from './cii.js';
import { eInvoice } from './e-invoice-of.js';
import type { ELine } from './e-invoice.js';
import { ublOf } from './ubl.js';

const linesOf = (source: DocumentSource): readonly ELine[] => eInvoice(source, 'en').lines;
const priced = ({ quantity, price, net }: ELine) => [quantity, price.amount, price.per, net.minor];

/** The elements under the root, in their order. */
const childrenOf = (xml: string, name: string): string[] => {
  const indent = new RegExp(`^( *)<${name}[ >]`, 'mu').exec(xml)![1]!;
  const inside = xml.split(new RegExp(`^${indent}<${name}[^]*?>\n`, 'mu'))[1]!.split(`\n${indent}</${name}>`)[0]!;
  return [...inside.matchAll(new RegExp(`^${indent}  <([\\w:]+)`, 'gmu'))].map(([, child]) => child!);
};

describe('lines of an e-invoice', () => {
  const step = (unitAmount: string, quantity: string, amount: string) => ({ tier: 1, quantity, unitAmount, amount });

  it('are a quantity at a price, with every digit of it', () => {
    const line = chargeLine('Tokens', 168n, {
      quantity: '561229',
      steps: [step('0.000003', '561229', '1.683687')],
    });
    expect(linesOf(documentSource([line])).map(priced)).toEqual([['561229', '3', '1000000', 168n]]);
    const item = itemLine('Setup', 15_000n, { quantity: '2', unitAmount: '75.00' });
    expect(linesOf(documentSource([item])).map(priced)).toEqual([['2', '75.00', '1', 15_000n]]);
  });

  it('are one at what is left, where a part was billed before, and say of what', () => {
    const line = chargeLine('Late', -250n, {
      quantity: '3',
      steps: [step('2.50', '3', '7.5')],
      billedBefore: money(1_000n, 'EUR'),
    });
    const [told] = linesOf(documentSource([line]));
    expect(priced(told!)).toEqual(['-1', '2.50', '1', -250n]);
    expect(told!.description).toBe('Quantity: 3; Already billed: €10.00');
  });

  const launch = (minor: bigint) => ({ discountId: anId('dsc'), name: 'Launch', amount: money(minor, 'EUR') });

  it('are what discounts leave of them, each of which is an allowance', () => {
    const line = chargeLine('Tokens', 400n, {
      quantity: '2',
      steps: [step('2.50', '2', '5')],
      discounts: [launch(100n)],
    });
    const source = documentSource([line]);
    const [told] = linesOf(source);
    expect(priced(told!)).toEqual(['2', '2.50', '1', 400n]);
    expect(told!.allowances).toEqual([{ reason: 'Launch', amount: money(100n, 'EUR') }]);
    expect(told!.description).toBeUndefined();
    const ubl = ublOf(eInvoice(source, 'en'), 'en16931');
    expect(childrenOf(ubl, 'cac:InvoiceLine')).toEqual([
      'cbc:ID',
      'cbc:InvoicedQuantity',
      'cbc:LineExtensionAmount',
      'cac:InvoicePeriod',
      'cac:AllowanceCharge',
      'cac:Item',
      'cac:Price',
    ]);
    const cii = ciiOf(eInvoice(source, 'en'), 'en16931');
    expect(childrenOf(cii, 'ram:SpecifiedLineTradeSettlement')).toEqual([
      'ram:ApplicableTradeTax',
      'ram:BillingSpecifiedPeriod',
      'ram:SpecifiedTradeAllowanceCharge',
      'ram:SpecifiedTradeSettlementLineMonetarySummation',
    ]);
  });

  it('say what was taken off where they give something back', () => {
    const [told] = linesOf(documentSource([chargeLine('Fee', -1_200n, { discounts: [launch(-300n)] })]));
    expect(priced(told!)).toEqual(['-1', '12.00', '1', -1_200n]);
    expect(told!.allowances).toEqual([]);
    expect(told!.description).toBe('-€15.00; Discount · Launch = €3.00');
  });

  it('never have a price below zero', () => {
    const line = itemLine('Goodwill', -1_000n, { quantity: '2', unitAmount: '-5.00' });
    expect(linesOf(documentSource([line])).map(priced)).toEqual([['-2', '5.00', '1', -1_000n]]);
  });

  it('are net, where prices have the tax inside', () => {
    // 119.00 and 1.00 with 19 % inside: 120.00 / 1.19 = 100.84 net, 19.16 tax; 100.00 and 0.84 by largest remainder.
    const lines = [itemLine('A', 11_900n, { unitAmount: '119.00' }), itemLine('B', 100n, { unitAmount: '1.00' })];
    const tax = [
      {
        code: 'vat',
        jurisdiction: 'DE',
        category: 'S',
        rate: '19',
        base: money(10_084n, 'EUR'),
        amount: money(1_916n, 'EUR'),
      },
    ] as const;
    const source = documentSource(lines, DOMESTIC, {
      taxes: tax,
      taxation: { reason: 'domestic', rounding: 'document', prices: 'inclusive', buyer: { business: false } },
      subtotal: money(10_084n, 'EUR'),
      tax: money(1_916n, 'EUR'),
      total: money(12_000n, 'EUR'),
    });
    expect(linesOf(source).map(priced)).toEqual([
      ['1', '100.00', '1', 10_000n],
      ['1', '0.84', '1', 84n],
    ]);
    expect(eInvoice(source, 'en').totals).toEqual({
      net: money(10_084n, 'EUR'),
      tax: money(1_916n, 'EUR'),
      gross: money(12_000n, 'EUR'),
      paid: money(0n, 'EUR'),
      due: money(12_000n, 'EUR'),
    });
  });

  it('are within the days of the invoice, be they late', () => {
    const late = chargeLine('Late', 100n, {
      service: {
        start: '2025-12-01T00:00:00Z' as Instant,
        end: '2026-01-01T00:00:00Z' as Instant,
        localStart: '2025-12-01' as LocalDate,
        localEnd: '2026-01-01' as LocalDate,
        timeZone: 'UTC',
      },
    });
    expect(eInvoice(documentSource([late]), 'en').period).toEqual({ first: '2025-12-01', last: '2026-01-31' });
  });
});

describe('what is not taxed', () => {
  const lines = [itemLine('Setup', 100n)];

  it('says why, by code and in words', () => {
    const tax = { category: 'AE', rate: '0', reason: 'reverse_charge' } as const;
    expect(eInvoice(documentSource(lines, tax), 'en').vat).toMatchObject([
      { category: 'AE', rate: '0', reasonCode: 'VATEX-EU-AE', reason: expect.stringContaining('Reverse charge') },
    ]);
  });

  it('is broken down by category and rate, and each line says which is its own', () => {
    const vatOf = (category: 'S' | 'E', rate: string, base: bigint, amount: bigint, group: number) => ({
      code: `de-${rate}-${group}`,
      jurisdiction: 'DE',
      category,
      rate,
      base: money(base, 'EUR'),
      amount: money(amount, 'EUR'),
      ...(group === 0 ? {} : { group }),
    });
    const goods = [itemLine('a', 100_00n), itemLine('b', 50_00n), itemLine('c', 20_00n), itemLine('d', 1_00n)];
    const { vat, lines: eLines } = eInvoice(
      documentSource(goods, undefined, {
        taxes: [
          vatOf('S', '19', 100_00n, 19_00n, 0),
          vatOf('S', '7', 50_00n, 3_50n, 1),
          { ...vatOf('E', '0', 20_00n, 0n, 2), reason: 'customer_exempt' },
          vatOf('S', '19', 1_00n, 19n, 3),
        ],
        taxation: {
          reason: 'domestic',
          rounding: 'document',
          prices: 'exclusive',
          groups: [0, 1, 2, 3],
          buyer: { country: 'DE', business: false },
        },
      }),
      'en',
    );
    expect(vat.map(({ category, rate, base, amount }) => [category, rate, base.minor, amount.minor])).toEqual([
      ['S', '19', 101_00n, 19_19n],
      ['S', '7', 50_00n, 3_50n],
      ['E', '0', 20_00n, 0n],
    ]);
    expect(vat.map(({ reason }) => reason !== undefined)).toEqual([false, false, true]);
    expect(eLines.map((line) => line.vat)).toEqual([
      { category: 'S', rate: '19' },
      { category: 'S', rate: '7' },
      { category: 'E', rate: '0' },
      { category: 'S', rate: '19' },
    ]);
  });

  it('says nothing of VAT ids, where it is not subject to VAT', () => {
    const { seller, buyer, vat, lines: told } = eInvoice(documentSource(lines, null), 'en');
    // XRechnung asks for the rate of each part of the taxes (BR-DE-14), the standard for none on a line (BR-O-05).
    expect(vat).toMatchObject([{ category: 'O', rate: '0', reasonCode: 'VATEX-EU-O' }]);
    expect(told.map((line) => line.vat)).toEqual([{ category: 'O', rate: undefined }]);
    expect([seller.vatId, seller.identifier]).toEqual([undefined, 'DE123456789']);
    expect([buyer.vatId, buyer.identifier]).toEqual([undefined, 'ATU12345678']);
  });
});

describe('what is below zero', () => {
  it('is settled, as it went to customer credit', () => {
    const { totals } = eInvoice(documentSource([itemLine('Goodwill', -5_000n)]), 'en');
    expect(totals).toMatchObject({ gross: money(-5_950n, 'EUR'), paid: money(-5_950n, 'EUR'), due: money(0n, 'EUR') });
  });
});

describe('where is delivered', () => {
  const delivered = (shippingAddress: PartyAddress | undefined, category: TaxCategory) => {
    const buyer = { ...BUYER, ...(shippingAddress === undefined ? {} : { shippingAddress }) };
    const source = documentSource([itemLine('x', 1n)], { category, rate: '0', reason: 'domestic' }, {}, { buyer });
    return eInvoice(source, 'en');
  };
  const GRAZ = { city: 'Graz', country: 'AT' };

  it('is said where it is another address than that of the buyer, and always from one state of the EU to another', () => {
    expect(delivered(undefined, 'Z').deliverTo).toBeUndefined();
    expect(delivered(GRAZ, 'Z').deliverTo).toEqual(GRAZ);
    expect(delivered(GRAZ, 'K').deliverTo).toEqual(GRAZ);
    expect(delivered(undefined, 'K').deliverTo).toEqual(BUYER.address);
    expect(ublOf(delivered(GRAZ, 'K'), 'en16931')).toMatch(
      /<cac:Delivery>\s+<cac:DeliveryLocation>\s+<cac:Address>\s+<cbc:CityName>Graz</u,
    );
    expect(ciiOf(delivered(GRAZ, 'K'), 'en16931')).toMatch(
      /<ram:ShipToTradeParty>\s+<ram:PostalTradeAddress>\s+<ram:CityName>Graz</u,
    );
  });
});

describe('payment', () => {
  it('goes by SEPA in euros, and by other transfers elsewhere', () => {
    const accounts = [{ iban: 'DE02 1203', bic: 'BYLADEM1' }, { accountNumber: '12345678' }, { bankName: 'No number' }];
    const parties = { seller: { ...SELLER, bankAccounts: accounts } };
    const { paymentMeans } = eInvoice(documentSource([itemLine('x', 1n)], undefined, {}, parties), 'en');
    expect(paymentMeans).toMatchObject([
      { means: '58', account: 'DE021203', isIban: true },
      { means: '30', account: '12345678', isIban: false },
    ]);
  });
});

describe('the reference of payments (BT-83)', () => {
  const written = (accounts: NonNullable<Party['bankAccounts']>, head = {}) => {
    const parties = { seller: { ...SELLER, bankAccounts: accounts } };
    const invoice = eInvoice(documentSource([itemLine('x', 1n)], undefined, head, parties), 'en');
    return [ublOf(invoice, 'en16931'), ciiOf(invoice, 'en16931')].map(
      (xml) => xml.match(/(?<=<(?:cbc:PaymentID|ram:PaymentReference)>)[^<]+/gu) ?? [],
    );
  };
  const german = { iban: 'DE02120300000000202051' };

  it('is that of the first account, once in CII, and the same with each account in UBL', () => {
    expect(written([german])).toEqual([['RF29INV000042'], ['RF29INV000042']]);
    const [ubl, cii] = written([{ iban: 'CH4431999123000889012' }, german]);
    expect(ubl).toEqual([cii![0], cii![0]]);
    expect(cii![0]).toMatch(/^\d{27}$/u);
  });

  it('is not there without an account or a number', () => {
    expect(written([])).toEqual([[], []]);
    expect(written([german], { number: null })).toEqual([[], []]);
  });
});

describe('an e-invoice as XML', () => {
  const source = documentSource([itemLine('Goods <&> "q"\u0007\ud800', 10_000n, { unitAmount: '100.00' })]);
  const invoice = eInvoice(source, 'en');

  it('says where programs reach both: by e-mail, or in the network of Peppol by VAT ids', () => {
    const reached = (xml: string): string[] => xml.match(/<(?:cbc:EndpointID|ram:URIID) schemeID="[^<]*/gu) ?? [];
    expect(reached(ublOf(invoice, 'xrechnung'))).toEqual([
      '<cbc:EndpointID schemeID="EM">rechnung@analytik.example',
      '<cbc:EndpointID schemeID="EM">billing@ada.example',
    ]);
    expect(reached(ublOf(invoice, 'peppol'))).toEqual([
      '<cbc:EndpointID schemeID="9930">DE123456789',
      '<cbc:EndpointID schemeID="9914">ATU12345678',
    ]);
    expect(reached(ciiOf(invoice, 'peppol'))).toEqual([
      '<ram:URIID schemeID="9930">DE123456789',
      '<ram:URIID schemeID="9914">ATU12345678',
    ]);
  });

  it('has what the schema of UBL wants, in its order', () => {
    const xml = ublOf(invoice, 'peppol');
    expect(childrenOf(xml, 'Invoice')).toEqual([
      'cbc:CustomizationID',
      'cbc:ProfileID',
      'cbc:ID',
      'cbc:IssueDate',
      'cbc:DueDate',
      'cbc:InvoiceTypeCode',
      'cbc:DocumentCurrencyCode',
      'cbc:BuyerReference',
      'cac:InvoicePeriod',
      'cac:OrderReference',
      'cac:AccountingSupplierParty',
      'cac:AccountingCustomerParty',
      'cac:PaymentMeans',
      'cac:TaxTotal',
      'cac:LegalMonetaryTotal',
      'cac:InvoiceLine',
    ]);
    for (const part of [
      '<cbc:ID>INV-000042</cbc:ID>',
      '<cbc:BuyerReference>04011000-12345-39</cbc:BuyerReference>',
      '<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>',
      '<cbc:Percent>19</cbc:Percent>',
    ]) {
      expect(xml).toContain(part);
    }
  });

  it('has what the schema of CII wants, in its order', () => {
    const xml = ciiOf(invoice, 'en16931');
    expect(childrenOf(xml, 'rsm:SupplyChainTradeTransaction')).toEqual([
      'ram:IncludedSupplyChainTradeLineItem',
      'ram:ApplicableHeaderTradeAgreement',
      'ram:ApplicableHeaderTradeDelivery',
      'ram:ApplicableHeaderTradeSettlement',
    ]);
    expect(childrenOf(xml, 'ram:ApplicableHeaderTradeSettlement')).toEqual([
      'ram:PaymentReference',
      'ram:InvoiceCurrencyCode',
      'ram:SpecifiedTradeSettlementPaymentMeans',
      'ram:ApplicableTradeTax',
      'ram:BillingSpecifiedPeriod',
      'ram:SpecifiedTradePaymentTerms',
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    ]);
    expect(xml).toContain('<udt:DateTimeString format="102">20260201</udt:DateTimeString>');
  });

  it.each([ublOf, ciiOf])('is escaped, and holds no character that XML has no way to write', (write) => {
    expect(write(invoice, 'en16931')).toContain('Goods &lt;&amp;&gt; &quot;q&quot;\uFFFD\uFFFD');
  });

  it.each([ublOf, ciiOf])('has no empty element but the delivery that must be there', (write) => {
    const bare = documentSource([itemLine('x', 1n)], null, {}, { seller: { name: 'S' }, buyer: { name: 'B' } });
    const xml = write(eInvoice(bare, 'en'), 'en16931');
    expect(xml.match(/<([\w:]+)[^>]*>\s*<\/\1>/gu) ?? []).toEqual(
      write === ciiOf ? ['<ram:ApplicableHeaderTradeDelivery></ram:ApplicableHeaderTradeDelivery>'] : [],
    );
    expect(BUYER.name).not.toBe('');
  });
});

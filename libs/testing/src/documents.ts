import type { CreditedLine, DocumentTax, InvoiceLine, ItemLine, Party, TaxCategory, TaxReason } from '#contracts';
import type { CreditNoteDocument } from '#billing/credit-note';
import { taxPerLine, type DocumentLine, type InvoiceDocument, type InvoiceRecord } from '#billing/invoice';
import { taxOn } from '#billing/tax';
import { creditNoteSource, type DocumentSource } from '#documents';
import { Decimal, money, type Instant, type LocalDate } from '#kernel';
import { ACCOUNT, anId, INVOICE, SUBSCRIPTION } from './billing/ids.js';

export const SELLER: Party = {
  name: 'Analytik GmbH',
  address: { line1: 'Rechenweg 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  taxIds: [{ type: 'eu_vat', value: 'DE123456789' }],
  registration: 'HRB 12345 B, Amtsgericht Charlottenburg',
  email: 'rechnung@analytik.example',
  phone: '+49 30 1234567',
  bankAccounts: [{ iban: 'DE02120300000000202051', bic: 'BYLADEM1001', accountHolder: 'Analytik GmbH' }],
};

export const BUYER: Party = {
  name: 'Ada Lovelace Ltd',
  address: { line1: '1 Analytical Way', city: 'Wien', postalCode: '1010', country: 'AT' },
  taxIds: [{ type: 'eu_vat', value: 'ATU12345678' }],
  email: 'billing@ada.example',
  purchaseOrder: 'PO-4711',
  buyerReference: '04011000-12345-39',
};

const ADDED = '2026-01-31T09:00:00Z' as Instant;

/** Something that is billed once. */
export const itemLine = (description: string, minor: bigint, more: Partial<ItemLine> = {}): ItemLine => ({
  lineId: anId('lin'),
  kind: 'one_off',
  itemId: anId('itm'),
  description,
  quantity: '1',
  amount: money(minor, 'EUR'),
  metadata: {},
  addedAt: ADDED,
  ...more,
});

/** Something that is billed for January 2026. */
export const chargeLine = (description: string, minor: bigint, more: Partial<InvoiceLine> = {}): InvoiceLine => ({
  lineId: anId('lin'),
  kind: 'usage',
  subscriptionId: SUBSCRIPTION,
  charge: 'tokens',
  description,
  plan: 'pro',
  planVersion: 1,
  raterVersion: 1,
  timing: 'in_arrears',
  period: { start: '2026-01-01' as LocalDate, end: '2026-02-01' as LocalDate },
  service: {
    start: '2026-01-01T00:00:00Z' as Instant,
    end: '2026-02-01T00:00:00Z' as Instant,
    localStart: '2026-01-01' as LocalDate,
    localEnd: '2026-02-01' as LocalDate,
    timeZone: 'UTC',
  },
  priorLines: [],
  quantity: '1',
  quantityBilledBefore: '0',
  steps: [],
  exactCumulative: '0',
  rounding: 'half_up',
  roundedCumulative: money(minor, 'EUR'),
  billedBefore: money(0n, 'EUR'),
  amount: money(minor, 'EUR'),
  recognition: {
    method: 'straight_line',
    start: '2026-01-01T00:00:00Z' as Instant,
    end: '2026-02-01T00:00:00Z' as Instant,
  },
  ...more,
});

export interface SampleTax {
  readonly category: TaxCategory;
  readonly rate: string;
  readonly reason: TaxReason;
}

export const DOMESTIC: SampleTax = { category: 'S', rate: '19', reason: 'domestic' };

/** An invoice that is issued and numbered, with one tax on all of it; on top of the prices. */
export const documentSource = (
  lines: readonly DocumentLine[],
  tax: SampleTax | null = DOMESTIC,
  more: Partial<InvoiceRecord> = {},
  parties: Partial<Pick<DocumentSource, 'seller' | 'buyer'>> = {},
): DocumentSource => {
  const currency = more.currency ?? 'EUR';
  const net = lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
  const amount = tax === null ? 0n : taxOn(net, Decimal.parse(tax.rate));
  const taxes: DocumentTax[] =
    tax === null
      ? []
      : [
          {
            code: tax.reason,
            jurisdiction: 'DE',
            category: tax.category,
            rate: tax.rate,
            base: money(net, currency),
            amount: money(amount, currency),
          },
        ];
  // What documents read of one: a field that they do not know is none of theirs.
  const read: Partial<InvoiceRecord> = {
    invoiceId: INVOICE,
    accountId: ACCOUNT,
    runId: null,
    creditNotes: [],
    seller: null,
    timeZone: null,
    number: 'INV-000042',
    status: 'open',
    currency,
    period: { start: '2026-01-01T00:00:00Z' as Instant, end: '2026-02-01T00:00:00Z' as Instant },
    issueDate: '2026-02-01' as LocalDate,
    dueOn: '2026-03-03' as LocalDate,
    overdue: false,
    subtotal: money(net, currency),
    tax: money(amount, currency),
    taxes,
    taxation:
      tax === null
        ? null
        : { reason: tax.reason, rounding: 'document', prices: 'exclusive', buyer: { country: 'AT', business: true } },
    total: money(net + amount, currency),
    amountPaid: money(0n, currency),
    amountCredited: money(0n, currency),
    amountFromWallet: money(0n, currency),
    amountDue: money(net + amount, currency),
    billTo: null,
  };
  const invoice = { ...read, ...more } as InvoiceRecord;
  const document: InvoiceDocument = { invoice, lines };
  return {
    document,
    taxPerLine: taxPerLine(lines, invoice.taxes, invoice.taxation),
    seller: SELLER,
    buyer: BUYER,
    timeZone: 'UTC',
    ...parties,
  };
};

/** So much of lines of an invoice, and the tax that it bears on it, given back. */
export const creditNoteOn = (
  source: DocumentSource,
  given: readonly (Pick<CreditedLine, 'lineId'> & { readonly minor: bigint; readonly quantity?: string })[],
  more: Partial<CreditNoteDocument> = {},
): DocumentSource => {
  const { invoice, lines: billed } = source.document;
  const { currency, taxes: borne } = invoice;
  const lines = given.map(({ minor, ...line }): CreditedLine => {
    const amount = money(minor, currency);
    return { ...line, amount, net: amount };
  });
  const net = given.reduce((total, { minor }) => total + minor, 0n);
  const taxes = borne.map((tax) => ({
    ...tax,
    base: money(net, currency),
    amount: money(taxOn(net, Decimal.parse(tax.rate)), currency),
  }));
  const tax = taxes.reduce((total, { amount }) => total + amount.minor, 0n);
  const { number, issueDate } = invoice;
  const note = {
    creditNoteId: anId('crn'),
    invoiceId: INVOICE,
    number: 'CN-000007',
    status: 'issued',
    kind: 'concession',
    memo: 'We are sorry.',
    currency,
    issueDate: '2026-02-12' as LocalDate,
    subtotal: money(net, currency),
    tax: money(tax, currency),
    taxes,
    total: money(net + tax, currency),
    lines,
    ...more,
  } as CreditNoteDocument;
  const corrected = number === null || issueDate === null ? [] : [{ number, issueDate }];
  return { ...source, ...creditNoteSource(note, { invoice: invoice as InvoiceRecord, lines: billed }, corrected) };
};

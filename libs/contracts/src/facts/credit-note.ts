import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { Reopened } from './invoice-shapes.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';
import { closed, DateText, DecimalText, HexDigest, IdText, MoneyShape, OneOf, PersonalShape, Text } from './shapes.js';
import { RevenueShape } from './revenue-shapes.js';
import { DocumentTaxShape } from './tax-shapes.js';

const creditNoteId = IdText('crn');
const invoiceId = IdText('inv');

/**
 * `concession`: goodwill. `cancellation`: the rest of the invoice, whole. What was billed stays billed in either case. `correction`: what a billing below
 * zero gives back, of which the billing itself books the money.
 */
const Kind = OneOf('concession', 'cancellation', 'correction');
export type CreditNoteKind = Held<typeof Kind>;

const CreditedLine = Type.Object(
  {
    lineId: IdText('lin'),
    /** Units that are given back, where they were asked for by units. */
    quantity: Type.Optional(DecimalText),
    /** As the lines of the invoice show theirs: with its tax inside where prices have it inside. */
    amount: MoneyShape,
    net: MoneyShape,
    /** The line that it adjusts: what it gives back is less of that. */
    adjusts: Type.Optional(IdText('lin')),
  },
  closed,
);
/** What is given back of a line of an invoice. */
export type CreditedLine = Held<typeof CreditedLine>;

const Totals = Type.Object({ subtotal: MoneyShape, tax: MoneyShape, total: MoneyShape }, closed);

const Settlement = Type.Object(
  {
    /** What of the invoice it settled, what it took back of what was given up, and what the customer has to its credit. */
    invoice: MoneyShape,
    writtenOff: MoneyShape,
    credit: MoneyShape,
  },
  closed,
);
export type CreditNoteSettlement = Held<typeof Settlement>;

const example = exampleId('crn');
const invoice = exampleId('inv');

export const creditNoteFacts = {
  CreditNoteIssued: fact(
    'Something of an issued invoice is given back: a document of its own. Booked in the same append.',
    {
      creditNoteId,
      invoiceId,
      kind: Kind,
      /** The invoices that a billing below zero corrects; absent where it is the one above. */
      corrects: Type.Optional(Type.Array(invoiceId)),
      reason: Text(),
      /** For the customer to read. */
      memo: Type.Optional(Text()),
      lines: Type.Array(CreditedLine, { minItems: 1 }),
      /** By rate, as a difference: what all notes of the invoice together come to, less what was given back before. */
      taxes: Type.Array(DocumentTaxShape),
      totals: Totals,
      settlement: Settlement,
      /** What is not earned after all; of a correction, its billing says that. */
      revenue: Type.Optional(RevenueShape),
      /** That of the invoice: the lines that these are of. */
      linesDigest: HexDigest,
      issueDate: DateText,
      seriesId: IdText('ser'),
      /** The bill-to of the invoice. */
      personal: PersonalShape,
    },
    'issueDate',
  ).toldAs({
    type: 'credit_note.issued',
    means: 'Something of an invoice is given back. The number of the credit note follows.',
    shape: Type.Object({
      creditNoteId,
      invoiceId,
      kind: Kind,
      subtotal: PublicMoney,
      taxTotal: PublicMoney,
      total: PublicMoney,
      appliedToInvoice: PublicMoney,
      writtenOff: PublicMoney,
      credited: PublicMoney,
      issueDate: DateText,
    }),
    example: {
      creditNoteId: example,
      invoiceId: invoice,
      kind: 'concession',
      subtotal: usd('5.00'),
      taxTotal: usd('0.95'),
      total: usd('5.95'),
      appliedToInvoice: usd('5.95'),
      writtenOff: usd('0.00'),
      credited: usd('0.00'),
      issueDate: '2026-02-12',
    },
    tell: ({ creditNoteId: id, invoiceId: of, kind, totals, settlement, issueDate }) => ({
      creditNoteId: id,
      invoiceId: of,
      kind,
      subtotal: publicMoney(totals.subtotal),
      taxTotal: publicMoney(totals.tax),
      total: publicMoney(totals.total),
      appliedToInvoice: publicMoney(settlement.invoice),
      writtenOff: publicMoney(settlement.writtenOff),
      credited: publicMoney(settlement.credit),
      issueDate,
    }),
  }),
  CreditNoteNumbered: fact('The number that its series gave it.', {
    creditNoteId,
    invoiceId,
    seriesId: IdText('ser'),
    sequence: Type.Integer({ minimum: 1 }),
    number: Type.String({ minLength: 1, maxLength: 128 }),
  }).told({
    type: 'credit_note.numbered',
    means: 'A credit note has its number: it may leave the house.',
    fields: ['creditNoteId', 'invoiceId', 'number'],
    example: { creditNoteId: example, invoiceId: invoice, number: 'CN-000007' },
  }),
  CreditNoteVoided: fact(
    'Taken back: what it gave back is owed again, and its credit is gone.',
    {
      creditNoteId,
      invoiceId,
      reason: Type.Optional(Text()),
      bookedOn: DateText,
      /** What it had given as customer credit, also to settle its invoice. */
      credit: MoneyShape,
      /** What later differences kept back for it is billed again. */
      reopened: Reopened,
      /** What is earned after all; of a correction, its billing says that. */
      revenue: Type.Optional(RevenueShape),
    },
    'bookedOn',
  ).told({
    type: 'credit_note.voided',
    means: 'A credit note is taken back: what it gave back is owed again.',
    fields: ['creditNoteId', 'invoiceId', 'bookedOn'],
    example: { creditNoteId: example, invoiceId: invoice, bookedOn: '2026-02-13' },
  }),
};

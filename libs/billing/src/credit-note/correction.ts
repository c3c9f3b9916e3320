import type { AccountFact, CreditedLine, Fact } from '#contracts';
import {
  derivedId,
  money,
  negated,
  refuse,
  type CreditNoteId,
  type InvoiceId,
  type LineId,
  type SeriesId,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { UNISSUED } from '../invoice/billed-service.js';
import { isRated, type DocumentLine } from '../invoice/invoice-line.js';
import { standingOn } from './credit-note.js';

type Finalized = Fact<'InvoiceFinalized'>['data'];

/** What a billing came to: its lines as it shows them, and what of each is net. */
interface CorrectedLines {
  readonly lines: readonly DocumentLine[];
  readonly nets: readonly Pick<DocumentLine, 'amount'>[];
}

/**
 * What a billing below zero gives back is told by a credit note with a number of its own, and names the invoices that it corrects. The money is booked by the
 * billing: the note moves none.
 */
export const correctionOf = (
  { invoiceId, totals, taxes, linesDigest, issueDate, personal }: Finalized,
  { lines, nets }: CorrectedLines,
  seriesId: SeriesId,
  account: Account,
): Fact<'CreditNoteIssued'> => {
  const nothing = money(0n, totals.total.currency);
  return {
    type: 'CreditNoteIssued',
    data: {
      creditNoteId: derivedId('crn', invoiceId, 'correction'),
      invoiceId,
      kind: 'correction',
      corrects: correctedBy(lines, account),
      reason: 'Less is owed than was billed.',
      lines: lines.map((line, index) => givenBackBy(line, nets[index]!)),
      taxes: taxes.map((tax) => ({ ...tax, base: negated(tax.base), amount: negated(tax.amount) })),
      totals: { subtotal: negated(totals.subtotal), tax: negated(totals.tax), total: negated(totals.total) },
      settlement: { invoice: nothing, writtenOff: nothing, credit: negated(totals.total) },
      linesDigest,
      issueDate,
      seriesId,
      personal,
    },
  };
};

const givenBackBy = (line: DocumentLine, { amount: net }: Pick<DocumentLine, 'amount'>): CreditedLine => ({
  lineId: line.lineId,
  amount: negated(line.amount),
  net: negated(net),
});

/** The invoices whose lines are billed otherwise by now. */
const correctedBy = (lines: readonly DocumentLine[], { billed }: Pick<Account, 'billed'>): InvoiceId[] => {
  const prior = new Set<LineId>(lines.flatMap((line) => (isRated(line) ? line.priorLines : [])));
  const before = [...billed.values()].flatMap((service) => service.lines);
  const corrected = new Set(before.filter(({ lineId }) => prior.has(lineId)).map(({ invoiceId }) => invoiceId));
  corrected.delete(UNISSUED);
  return [...corrected];
};

/** With its billing, a correction is void, too; what it says that was given back, the billing takes back. */
export const correctionsVoided = (
  invoice: Parameters<typeof standingOn>[0] & { readonly id: InvoiceId },
  { reason, bookedOn }: Pick<Fact<'InvoiceVoided'>['data'], 'reason' | 'bookedOn'>,
  account: Account,
): AccountFact[] =>
  standingOn(invoice, account)
    .filter(isCorrection)
    .map(({ id, issued }) => ({
      type: 'CreditNoteVoided',
      data: {
        creditNoteId: id,
        invoiceId: invoice.id,
        ...(reason === undefined ? {} : { reason }),
        bookedOn,
        credit: money(0n, issued.totals.total.currency),
        reopened: [],
      },
    }));

/** A billing below zero is no document: it never gets a number. */
export const refuseCreditNote = (creditNoteId: CreditNoteId): never =>
  refuse(
    'invoice_is_credit_note',
    `Less was owed than billed: its document is the credit note “${creditNoteId}”.`,
    'conflict',
  );

/** Made by billing, and taken back with that alone. */
export const isCorrection = ({
  issued,
}: {
  readonly issued: Pick<Fact<'CreditNoteIssued'>['data'], 'kind'>;
}): boolean => issued.kind === 'correction';

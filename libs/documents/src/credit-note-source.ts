import type { CreditNoteDocument } from '#billing/credit-note';
import type { InvoiceDocument } from '#billing/invoice';
import { money } from '#kernel';
import { creditedLine } from './credited-line.js';
import type { DocumentSource, PrecedingDocument } from './document-source.js';

/**
 * A credit note as a document: the lines of what it is of, with what it gives back of each. `billed` is the invoice; of a correction, the billing below zero.
 */
export const creditNoteSource = (
  note: CreditNoteDocument,
  billed: InvoiceDocument,
  corrects: readonly PrecedingDocument[],
): Pick<DocumentSource, 'document' | 'taxPerLine' | 'creditNote'> => {
  const { invoiceId, accountId, number, status, currency, issueDate, subtotal, tax, taxes, total, memo } = note;
  const { period, taxation } = billed.invoice;
  const nothing = money(0n, currency);
  const settled = { dueOn: null, amountPaid: nothing, amountCredited: nothing };
  const head = {
    invoiceId,
    accountId,
    number,
    currency,
    period,
    issueDate,
    subtotal,
    tax,
    taxes,
    taxation,
    total,
    ...settled,
  };
  const linesById = new Map(billed.lines.map((line) => [line.lineId, line]));
  return {
    document: {
      invoice: { ...head, status: status === 'void' ? 'void' : 'open' },
      lines: note.lines.map((credited) => creditedLine(linesById.get(credited.lineId)!, credited, note.kind)),
    },
    taxPerLine: note.lines.map(({ amount, net }) => amount.minor - net.minor),
    creditNote: { corrects, memo },
  };
};

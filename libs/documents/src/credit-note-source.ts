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
  const places = new Map(billed.lines.map(({ lineId }, place) => [lineId, place]));
  const given = note.lines.map(({ lineId }) => places.get(lineId)!);
  const groups = taxation?.groups && given.map((place) => taxation.groups![place]!);
  const nothing = money(0n, currency);
  const settled = { dueOn: null, amountPaid: nothing, amountCredited: nothing, amountFromWallet: nothing };
  const head = {
    invoiceId,
    accountId,
    number,
    currency,
    period,
    issueDate,
    subtotal,
    tax,
    // What has no line here gives nothing back.
    taxes: taxes.filter(({ group = 0, amount }) => amount.minor !== 0n || (groups?.includes(group) ?? true)),
    taxation: taxation && { ...taxation, ...(groups === undefined ? {} : { groups }) },
    total,
    ...settled,
  };
  return {
    document: {
      invoice: { ...head, status: status === 'void' ? 'void' : 'open' },
      lines: note.lines.map((credited, index) => creditedLine(billed.lines[given[index]!]!, credited, note.kind)),
    },
    taxPerLine: note.lines.map(({ amount, net }) => amount.minor - net.minor),
    creditNote: { corrects, memo },
  };
};

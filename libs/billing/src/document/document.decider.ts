import type { AccountFact, DocumentFact } from '#contracts';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { creditNoteOf } from '../credit-note/credit-note.js';
import { isCreditNoteId } from '../delivery/sendable.js';
import { invoiceOf } from '../invoice/invoice.js';
import type { DocumentCommand } from './document.commands.js';
import { hasRoomFor, keptAs, keptOf } from './kept-document.js';

/** The first that left the house is it. */
const keep = ({ documentId, kept }: DocumentCommand, account: Account): readonly AccountFact[] => {
  const document = isCreditNoteId(documentId)
    ? { invoiceId: creditNoteOf(account, documentId).invoiceId, creditNoteId: documentId }
    : { invoiceId: invoiceOf(account, documentId).id };
  if (keptAs(account, documentId, kept) !== undefined || !hasRoomFor(account, documentId)) return [];
  return [{ type: 'DocumentKept', data: { ...document, ...kept } }];
};

export const documentSlice: Slice<DocumentCommand, DocumentFact> = {
  decide: { KeepDocument: keep },
  evolve: {
    DocumentKept(account, { invoiceId, creditNoteId, ...kept }, { recordedAt: keptAt }) {
      const documentId = creditNoteId ?? invoiceId;
      account.documents.set(documentId, [...keptOf(account, documentId), { ...kept, keptAt }]);
    },
  },
};

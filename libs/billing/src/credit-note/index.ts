export { IssueCreditNote, NumberCreditNote, VoidCreditNote } from './use-cases/credit-note.handlers.js';
export { refuseCreditNote } from './correction.js';
export { creditNoteOf, type CreditNote } from './credit-note.js';
export type { CreditNoteInput, LineToCredit } from './credit-note.commands.js';
export {
  type CreditNoteDocument,
  type CreditNoteRecord,
  type CreditNoteStatus,
  creditNoteDocument,
} from './credit-note.record.js';

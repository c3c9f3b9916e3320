export { applyCredit, capCredit } from './credit-application.js';
export { creditNoteForUnused, creditNoteForItems, cappedRepair } from './credit-note.js';

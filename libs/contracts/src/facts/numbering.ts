import type { CreditNoteId, InvoiceId } from '#kernel';
import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { closed, Count, IdText } from './shapes.js';

const AssignedNumber = Type.Object(
  {
    documentId: Type.Unsafe<InvoiceId | CreditNoteId>(Type.Union([IdText('inv'), IdText('crn')])),
    sequence: Type.Integer({ minimum: 1 }),
    number: Type.String({ minLength: 1, maxLength: 128 }),
    /** The event that asked for it. */
    source: Type.Object(
      { stream: Type.String({ maxLength: 256 }), revision: Count, eventId: Type.String({ maxLength: 64 }) },
      closed,
    ),
  },
  closed,
);
export type AssignedNumber = Held<typeof AssignedNumber>;

export const numberingFacts = {
  NumbersAssigned: fact(
    'The next numbers of a series, without a gap, in the order in which the documents were issued.',
    {
      numbers: Type.Array(AssignedNumber, { minItems: 1, maxItems: 500 }),
    },
  ).withheld('`invoice.numbered` and `credit_note.numbered` carry each.'),
};

import { Type } from 'typebox';
import { fact } from './fact.js';
import { closed, Count, IdText } from './shapes.js';

export const numberingFacts = {
  NumberAssigned: fact('The next number of a series, in the order of finalization.', {
    documentId: IdText('inv'),
    sequence: Type.Integer({ minimum: 1 }),
    number: Type.String({ minLength: 1, maxLength: 128 }),
    /** The event that asked for it. */
    source: Type.Object(
      { stream: Type.String({ maxLength: 256 }), revision: Count, eventId: Type.String({ maxLength: 64 }) },
      closed,
    ),
  }).withheld('`invoice.numbered` carries it.'),
};

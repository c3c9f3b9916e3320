import { Type } from 'typebox';
import { closed, Count, IdText } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const numberingEvents = {
  NumberAssigned: storedEvent(
    'The next number of a series, in the order of finalization.',
    Type.Object(
      {
        documentId: IdText('inv'),
        sequence: Type.Integer({ minimum: 1 }),
        number: Type.String({ minLength: 1, maxLength: 128 }),
        source: Type.Object(
          { stream: Type.String({ maxLength: 256 }), revision: Count, eventId: Type.String({ maxLength: 64 }) },
          closed,
        ),
      },
      closed,
    ),
  ),
};

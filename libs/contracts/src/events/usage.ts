import { Type } from 'typebox';
import { closed, Count, IdText, InstantText, Key, RecordOf } from './shapes.js';
import { storedEvent } from './stored-event.js';

const properties = RecordOf(Type.String({ maxLength: 1024 }));
const ReadingId = Type.String({ minLength: 1, maxLength: 255 });
const Corrected = Type.Object(
  {
    id: ReadingId,
    event: Key,
    at: InstantText,
    subscriptionId: Type.Optional(IdText('sub')),
    revision: Count,
    ordinal: Count,
  },
  closed,
);
const Reason = Type.String({ minLength: 1, maxLength: 1024 });

export const usageEvents = {
  UsageRecorded: storedEvent(
    'Readings of one account and one request. Of one id, the first in the stream counts.',
    Type.Object(
      {
        readings: Type.Array(
          Type.Object(
            {
              id: ReadingId,
              event: Key,
              at: InstantText,
              properties,
              subscriptionId: Type.Optional(IdText('sub')),
            },
            closed,
          ),
          { minItems: 1, maxItems: 500 },
        ),
        source: Type.Literal('api'),
      },
      closed,
    ),
  ),
  UsageAmended: storedEvent(
    'Other properties than were sent with a reading; the last word counts.',
    Type.Object({ reading: Corrected, properties, reason: Reason }, closed),
  ),
  UsageRetracted: storedEvent(
    'A reading that never happened: it counts no more.',
    Type.Object({ reading: Corrected, reason: Reason }, closed),
  ),
};

import { Type } from 'typebox';
import { closed, IdText, InstantText, Key, RecordOf } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const usageEvents = {
  UsageRecorded: storedEvent(
    'Readings of one account and one request. Of one id, the first in the stream counts.',
    Type.Object(
      {
        readings: Type.Array(
          Type.Object(
            {
              id: Type.String({ minLength: 1, maxLength: 255 }),
              event: Key,
              at: InstantText,
              properties: RecordOf(Type.String({ maxLength: 1024 })),
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
};

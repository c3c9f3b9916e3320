import { earlier, later } from '#kernel';
import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { exampleId } from './public-shapes.js';
import { closed, Count, IdText, InstantText, Key, MetadataShape } from './shapes.js';

const properties = MetadataShape;
const ReadingId = Type.String({ minLength: 1, maxLength: 255 });
const Reading = Type.Object(
  { id: ReadingId, event: Key, at: InstantText, properties, subscriptionId: Type.Optional(IdText('sub')) },
  closed,
);
const AccountReadings = Type.Object(
  { accountId: IdText('acc'), readings: Type.Array(Reading, { minItems: 1, maxItems: 500 }) },
  closed,
);
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
/** Something that happened. Property values are texts; numbers came in as decimals and stay decimal texts. */
export type Reading = Held<typeof Reading>;
/** What one account sent, in the order in which it came in. */
export type AccountReadings = Held<typeof AccountReadings>;
/** The reading that a correction is about: where it stands, and what finds the periods that it belongs to. */
export type CorrectedReading = Held<typeof Corrected>;

const Correction = Type.Object({
  readingId: Type.String(),
  event: Key,
  at: InstantText,
  subscriptionId: Type.Optional(IdText('sub')),
});
const correction = {
  readingId: 'call-4711',
  event: 'api_call',
  at: '2026-01-15T09:30:00Z',
  subscriptionId: exampleId('sub'),
};
const correctionOf = ({ reading: { id, event, at, subscriptionId } }: { readonly reading: CorrectedReading }) => ({
  readingId: id,
  event,
  at,
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
});
const byEvent = (readings: readonly Reading[]): { event: string; readings: number }[] => {
  const counts = new Map<string, number>();
  for (const { event } of readings) counts.set(event, (counts.get(event) ?? 0) + 1);
  return [...counts].map(([event, count]) => ({ event, readings: count }));
};
/** Counted, not repeated: whoever sent the readings has them, and their properties are the tenant's own. */
const counted = ({ accountId, readings }: AccountReadings) => {
  const instants = readings.map(({ at }) => at);
  return {
    accountId,
    readings: readings.length,
    events: byEvent(readings),
    firstAt: instants.reduce(earlier),
    lastAt: instants.reduce(later),
  };
};
/** Of one stream are the accounts that follow from their ids (`usageStream`): each is in one of them alone. */
export const usageFacts = {
  UsageRecorded: fact(
    'Readings of one request, by account. Of an account and one id, the first in the stream counts. At most 500 in all.',
    {
      accounts: Type.Array(AccountReadings, { minItems: 1, maxItems: 500, description: 'In the order of their ids' }),
      source: Type.Literal('api'),
    },
  )
    .ofVersion(2)
    .toldAs({
      type: 'usage.recorded',
      means:
        'Readings of one or several accounts came in together. One that came in before counts here, too, and is billed once. A listener to one account gets the part of that account.',
      shape: Type.Object({
        accounts: Type.Array(
          Type.Object({
            accountId: IdText('acc'),
            readings: Type.Integer({ minimum: 1 }),
            events: Type.Array(Type.Object({ event: Key, readings: Type.Integer({ minimum: 1 }) })),
            firstAt: InstantText,
            lastAt: InstantText,
          }),
        ),
      }),
      example: {
        accounts: [
          {
            accountId: exampleId('acc'),
            readings: 3,
            events: [
              { event: 'api_call', readings: 2 },
              { event: 'storage', readings: 1 },
            ],
            firstAt: '2026-01-15T09:30:00Z',
            lastAt: '2026-01-15T09:31:12Z',
          },
        ],
      },
      tell: ({ accounts }) => ({ accounts: accounts.map(counted) }),
      partOf: ({ accounts }, accountId) => {
        const own = accounts.filter((one) => one.accountId === accountId);
        return own.length === 0 ? undefined : { accounts: own };
      },
    }),
  UsageAmended: fact('Other properties than were sent with a reading; the last word counts.', {
    accountId: IdText('acc'),
    reading: Corrected,
    properties,
    reason: Reason,
  })
    .ofVersion(2)
    .toldAs({
      type: 'usage.amended',
      means: 'A reading has other properties than were sent.',
      shape: Correction,
      example: correction,
      tell: correctionOf,
    }),
  UsageRetracted: fact('A reading that never happened: it counts no more.', {
    accountId: IdText('acc'),
    reading: Corrected,
    reason: Reason,
  })
    .ofVersion(2)
    .toldAs({
      type: 'usage.retracted',
      means: 'A reading never happened: it counts no more.',
      shape: Correction,
      example: correction,
      tell: correctionOf,
    }),
};

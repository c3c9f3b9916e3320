import { Type } from 'typebox';
import { IdText, InstantText, Key } from '../events/shapes.js';
import { told, type StoredFact } from './public-event.js';
import { exampleId } from './public-shapes.js';

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

const correctionOf = ({ reading: { id, event, at, subscriptionId } }: StoredFact<'UsageRetracted'>) => ({
  readingId: id,
  event,
  at,
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
});

const byEvent = (readings: StoredFact<'UsageRecorded'>['readings']): { event: string; readings: number }[] => {
  const counts = new Map<string, number>();
  for (const { event } of readings) counts.set(event, (counts.get(event) ?? 0) + 1);
  return [...counts].map(([event, count]) => ({ event, readings: count }));
};

/** Counted, not repeated: whoever sent the readings has them, and their properties are the tenant's own. */
export const publicUsageEvents = {
  UsageRecorded: told(
    'UsageRecorded',
    'usage.recorded',
    'Readings of an account came in together. One that came in before counts here, too, and is billed once.',
    Type.Object({
      readings: Type.Integer({ minimum: 1 }),
      events: Type.Array(Type.Object({ event: Key, readings: Type.Integer({ minimum: 1 }) })),
      firstAt: InstantText,
      lastAt: InstantText,
    }),
    {
      readings: 3,
      events: [
        { event: 'api_call', readings: 2 },
        { event: 'storage', readings: 1 },
      ],
      firstAt: '2026-01-15T09:30:00Z',
      lastAt: '2026-01-15T09:31:12Z',
    },
    ({ readings }) => {
      // All are UTC texts; Date.parse would drop what is finer than a millisecond.
      const instants = readings.map(({ at }) => at).sort(byInstant);
      return { readings: readings.length, events: byEvent(readings), firstAt: instants[0]!, lastAt: instants.at(-1)! };
    },
  ),
  UsageAmended: told(
    'UsageAmended',
    'usage.amended',
    'A reading has other properties than were sent.',
    Correction,
    correction,
    correctionOf,
  ),
  UsageRetracted: told(
    'UsageRetracted',
    'usage.retracted',
    'A reading never happened: it counts no more.',
    Correction,
    correction,
    correctionOf,
  ),
};

/** Without its `Z` a text with a fraction sorts behind the one without. */
function byInstant(left: string, right: string): number {
  const [one, other] = [left.slice(0, -1), right.slice(0, -1)];
  return one < other ? -1 : one > other ? 1 : 0;
}

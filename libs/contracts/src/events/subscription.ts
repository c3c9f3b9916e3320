import { Type } from 'typebox';
import { PriceOverride } from './price.js';
import {
  closed,
  Currency,
  DateText,
  DecimalText,
  HexDigest,
  IdText,
  InstantText,
  IntervalShape,
  Key,
  PersonalShape,
  RecordOf,
  ScheduleShape,
  Text,
  TimerShape,
  TimeZone,
} from './shapes.js';
import { storedEvent } from './stored-event.js';

const subscriptionId = IdText('sub');

const Recurring = Type.Array(Type.Object({ charge: Key, interval: IntervalShape, amount: DecimalText }, closed));

export const subscriptionEvents = {
  SubscriptionCreated: storedEvent(
    'An account takes a plan version. Nothing is owed before it is activated.',
    Type.Object(
      {
        subscriptionId,
        externalIdHash: Type.Optional(HexDigest),
        personal: Type.Optional(PersonalShape),
        plan: Key,
        planVersion: Type.Integer({ minimum: 1 }),
        contentHash: HexDigest,
        startAt: InstantText,
        anchor: Type.Object(
          {
            align: Type.Union([Type.Literal('subscription'), Type.Literal('calendar')]),
            day: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
          },
          closed,
        ),
        timeZone: TimeZone,
        activation: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
        quantities: RecordOf(DecimalText),
        overrides: Type.Optional(RecordOf(PriceOverride)),
        timer: Type.Optional(TimerShape),
      },
      closed,
    ),
    'startAt',
  ),
  SubscriptionActivated: storedEvent(
    'The timeline begins. `recurring` is what monthly recurring revenue is computed from.',
    Type.Object(
      {
        subscriptionId,
        at: InstantText,
        endsAt: Type.Optional(InstantText),
        firstPeriod: Type.Object(
          { start: InstantText, end: InstantText, localStart: DateText, localEnd: DateText },
          closed,
        ),
        currency: Currency,
        recurring: Recurring,
        schedule: ScheduleShape,
      },
      closed,
    ),
    'at',
  ),
  SubscriptionCanceled: storedEvent(
    'Its end is known; it may lie ahead. `recurring` is what recurs no more from then on.',
    Type.Object(
      {
        subscriptionId,
        changeId: Type.String({ maxLength: 64 }),
        endsAt: InstantText,
        credit: Type.Union([Type.Literal('prorated'), Type.Literal('none')]),
        reason: Type.Optional(Text()),
        currency: Currency,
        recurring: Recurring,
        timer: Type.Optional(TimerShape),
        schedule: ScheduleShape,
      },
      closed,
    ),
    'endsAt',
  ),
  SubscriptionEnded: storedEvent('Its end has passed.', Type.Object({ subscriptionId, at: InstantText }, closed), 'at'),
};

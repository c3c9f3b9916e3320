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
  Key,
  PersonalShape,
  RecordOf,
  ScheduleShape,
  Text,
  TimerShape,
  TimeZone,
  TrialShape,
} from './shapes.js';
import { storedEvent } from './stored-event.js';
import {
  EndCredit,
  localDays,
  Movements,
  options,
  Policy,
  Recurring,
  Sets,
  Terms,
  terms,
  Timeline,
  told,
} from './timeline-shapes.js';

const subscriptionId = IdText('sub');

const Metadata = RecordOf(Type.String({ maxLength: 1024 }));

const changeId = Type.String({ maxLength: 64 });
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
        ...localDays,
        activation: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
        quantities: RecordOf(DecimalText),
        overrides: Type.Optional(RecordOf(PriceOverride)),
        trial: Type.Optional(TrialShape),
        billedThrough: Type.Optional(InstantText),
        metadata: Type.Optional(Metadata),
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
        ...localDays,
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
        changeId,
        endsAt: InstantText,
        credit: EndCredit,
        finalBill: Type.Optional(Type.Literal(false)),
        reason: Type.Optional(Text()),
        replaces: Type.Optional(changeId),
        ...localDays,
        timeline: Type.Optional(Timeline),
        movements: Type.Optional(Movements),
        currency: Currency,
        recurring: Recurring,
        timer: Type.Optional(TimerShape),
        schedule: ScheduleShape,
      },
      closed,
    ),
    'endsAt',
  ),
  TrialStarted: storedEvent(
    'It begins with a trial, free or paid, that ends by itself.',
    Type.Object(
      {
        subscriptionId,
        endsAt: InstantText,
        paid: Type.Boolean(),
        price: Type.Optional(DecimalText),
        timer: TimerShape,
        ...told,
      },
      closed,
    ),
  ),
  TrialEnded: storedEvent(
    'The trial is over: what it is a trial of begins, or it ended with the trial.',
    Type.Object(
      { subscriptionId, at: InstantText, outcome: Type.Union([Type.Literal('converted'), Type.Literal('canceled')]) },
      closed,
    ),
    'at',
  ),
  SubscriptionPlanChanged: storedEvent(
    'Another plan or version from an instant on, past or ahead. It carries the whole timeline.',
    Type.Object(
      {
        subscriptionId,
        changeId,
        effectiveFrom: InstantText,
        from: Terms,
        to: Type.Object({ ...terms, contentHash: HexDigest }, closed),
        sets: Type.Optional(Sets),
        newCycle: Type.Boolean(),
        ...options,
        ...told,
      },
      closed,
    ),
    'effectiveFrom',
  ),
  SubscriptionQuantityChanged: storedEvent(
    'Other units of recurring charges, or other agreed prices, from an instant on.',
    Type.Object(
      {
        subscriptionId,
        changeId,
        effectiveFrom: InstantText,
        from: Terms,
        to: Terms,
        sets: Type.Optional(Sets),
        ...options,
        ...told,
      },
      closed,
    ),
    'effectiveFrom',
  ),
  SubscriptionPaused: storedEvent(
    'Nothing is served from an instant on, until it is resumed or the pause is over.',
    Type.Object(
      {
        subscriptionId,
        changeId,
        effectiveFrom: InstantText,
        until: Type.Optional(InstantText),
        credit: Policy,
        timer: Type.Optional(TimerShape),
        ...told,
      },
      closed,
    ),
    'effectiveFrom',
  ),
  SubscriptionResumed: storedEvent(
    'The pause is over.',
    Type.Object({ subscriptionId, changeId, effectiveFrom: InstantText, ...told }, closed),
    'effectiveFrom',
  ),
  ScheduledChangeWithdrawn: storedEvent(
    'A change that did not count yet never will.',
    Type.Object(
      {
        subscriptionId,
        changeId,
        change: Type.Union([
          Type.Literal('plan'),
          Type.Literal('quantity'),
          Type.Literal('pause'),
          Type.Literal('resume'),
          Type.Literal('cancel'),
        ]),
        ...told,
      },
      closed,
    ),
  ),
  SubscriptionMetadataChanged: storedEvent(
    'What the tenant notes about the subscription, whole.',
    Type.Object({ subscriptionId, metadata: Metadata }, closed),
  ),
  SubscriptionEnded: storedEvent('Its end has passed.', Type.Object({ subscriptionId, at: InstantText }, closed), 'at'),
};

import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { exampleId } from './public-shapes.js';
import {
  closed,
  Currency,
  DateText,
  DecimalText,
  HexDigest,
  IdText,
  InstantText,
  Key,
  MetadataShape,
  OneOf,
  PersonalShape,
  ScheduleShape,
  TimerShape,
  TimeZone,
  TrialShape,
} from './shapes.js';
import { localDays, Overrides, Quantities, Recurring, told } from './timeline-shapes.js';

const subscriptionId = IdText('sub');
const example = exampleId('sub');

const Activation = OneOf('automatic', 'manual');
export type Activation = Held<typeof Activation>;

export const subscriptionFacts = {
  SubscriptionCreated: fact(
    'An account takes a plan version. Nothing is owed before it is activated.',
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
          align: OneOf('subscription', 'calendar'),
          day: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
        },
        closed,
      ),
      timeZone: TimeZone,
      ...localDays,
      activation: Activation,
      quantities: Quantities,
      /** Prices and discounts that were agreed apart from the plan. */
      overrides: Type.Optional(Overrides),
      trial: Type.Optional(TrialShape),
      /** Another system has billed up to here. */
      billedThrough: Type.Optional(InstantText),
      metadata: Type.Optional(MetadataShape),
      /** Activates it, where that is automatic and lies ahead. */
      timer: Type.Optional(TimerShape),
    },
    'startAt',
  ).told({
    type: 'subscription.created',
    means: 'An account takes a plan. Nothing is owed before it is activated.',
    fields: ['subscriptionId', 'plan', 'planVersion', 'startAt', 'activation', 'quantities'],
    example: {
      subscriptionId: example,
      plan: 'team',
      planVersion: 1,
      startAt: '2026-01-01T00:00:00Z',
      activation: 'automatic',
      quantities: { seats: '5' },
    },
  }),
  SubscriptionActivated: fact(
    'The timeline begins. `recurring` is what monthly recurring revenue is computed from.',
    {
      subscriptionId,
      at: InstantText,
      /** Where it was canceled for a later moment before it began: what recurs from `at` recurs no more from then on. */
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
    'at',
  ).toldAs({
    type: 'subscription.activated',
    means: 'A subscription begins to be billed.',
    shape: Type.Object({
      subscriptionId,
      activatedAt: InstantText,
      endsAt: Type.Optional(InstantText),
      firstPeriod: Type.Object({ start: InstantText, end: InstantText }),
    }),
    example: {
      subscriptionId: example,
      activatedAt: '2026-01-01T00:00:00Z',
      firstPeriod: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
    },
    tell: ({ subscriptionId, at, endsAt, firstPeriod: { start, end } }) => ({
      subscriptionId,
      activatedAt: at,
      ...(endsAt === undefined ? {} : { endsAt }),
      firstPeriod: { start, end },
    }),
  }),
  TrialStarted: fact('It begins with a trial, free or paid, that ends by itself.', {
    subscriptionId,
    endsAt: InstantText,
    paid: Type.Boolean(),
    /** Of a paid one, in major units. */
    price: Type.Optional(DecimalText),
    timer: TimerShape,
    ...told,
  }).told({
    type: 'subscription.trial_started',
    means: 'A subscription begins with a trial that ends by itself.',
    fields: ['subscriptionId', 'endsAt', 'paid'],
    example: { subscriptionId: example, endsAt: '2026-01-15T00:00:00Z', paid: false },
  }),
  TrialEnded: fact(
    'The trial is over: what it is a trial of begins, or it ended with the trial.',
    { subscriptionId, at: InstantText, outcome: OneOf('converted', 'canceled') },
    'at',
  ).told({
    type: 'subscription.trial_ended',
    means: 'A trial is over.',
    fields: ['subscriptionId', 'at', 'outcome'],
    as: { at: 'endedAt' },
    example: { subscriptionId: example, endedAt: '2026-01-15T00:00:00Z', outcome: 'converted' },
  }),
  SubscriptionMetadataChanged: fact('What the tenant notes about the subscription, whole.', {
    subscriptionId,
    metadata: MetadataShape,
  }).told({
    type: 'subscription.metadata_changed',
    means: 'What is noted about a subscription is something else: the API answers it.',
    fields: ['subscriptionId'],
    example: { subscriptionId: example },
  }),
  SubscriptionEnded: fact('Its end has passed.', { subscriptionId, at: InstantText }, 'at').told({
    type: 'subscription.ended',
    means: 'The end of a subscription has passed.',
    fields: ['subscriptionId', 'at'],
    as: { at: 'endedAt' },
    example: { subscriptionId: example, endedAt: '2026-02-01T00:00:00Z' },
  }),
};

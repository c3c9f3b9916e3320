import { Type } from 'typebox';
import { DecimalText, IdText, InstantText, Key } from '../events/shapes.js';
import { told } from './public-event.js';
import { exampleId } from './public-shapes.js';

const subscriptionId = IdText('sub');
const example = exampleId('sub');

const changeId = Type.String();
const policy = Type.Union([Type.Literal('prorated'), Type.Literal('none')]);
const proration = Type.Union([Type.Literal('prorated'), Type.Literal('none'), Type.Literal('full_difference')]);
const terms = Type.Object({
  plan: Key,
  planVersion: Type.Integer({ minimum: 1 }),
  quantities: Type.Record(Type.String(), DecimalText, { description: 'By key of the charge' }),
});
const exampleChange = { changeId: '0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11', effectiveFrom: '2026-01-17T00:00:00Z' };

interface Terms {
  readonly plan: string;
  readonly planVersion: number;
  readonly quantities: Readonly<Record<string, string>>;
}

const termsTold = ({ plan, planVersion, quantities }: Terms) => ({ plan, planVersion, quantities: { ...quantities } });

export const publicSubscriptionEvents = {
  SubscriptionCreated: told(
    'SubscriptionCreated',
    'subscription.created',
    'An account takes a plan. Nothing is owed before it is activated.',
    Type.Object({
      subscriptionId,
      plan: Key,
      planVersion: Type.Integer({ minimum: 1 }),
      startAt: InstantText,
      activation: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
      quantities: Type.Record(Type.String(), DecimalText, { description: 'By key of the charge' }),
    }),
    {
      subscriptionId: example,
      plan: 'team',
      planVersion: 1,
      startAt: '2026-01-01T00:00:00Z',
      activation: 'automatic',
      quantities: { seats: '5' },
    },
    ({ subscriptionId, plan, planVersion, startAt, activation, quantities }) => ({
      subscriptionId,
      plan,
      planVersion,
      startAt,
      activation,
      quantities,
    }),
  ),
  SubscriptionActivated: told(
    'SubscriptionActivated',
    'subscription.activated',
    'A subscription begins to be billed.',
    Type.Object({
      subscriptionId,
      activatedAt: InstantText,
      endsAt: Type.Optional(InstantText),
      firstPeriod: Type.Object({ start: InstantText, end: InstantText }),
    }),
    {
      subscriptionId: example,
      activatedAt: '2026-01-01T00:00:00Z',
      firstPeriod: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
    },
    ({ subscriptionId, at, endsAt, firstPeriod: { start, end } }) => ({
      subscriptionId,
      activatedAt: at,
      ...(endsAt === undefined ? {} : { endsAt }),
      firstPeriod: { start, end },
    }),
  ),
  TrialStarted: told(
    'TrialStarted',
    'subscription.trial_started',
    'A subscription begins with a trial that ends by itself.',
    Type.Object({ subscriptionId, endsAt: InstantText, paid: Type.Boolean() }),
    { subscriptionId: example, endsAt: '2026-01-15T00:00:00Z', paid: false },
    ({ subscriptionId, endsAt, paid }) => ({ subscriptionId, endsAt, paid }),
  ),
  TrialEnded: told(
    'TrialEnded',
    'subscription.trial_ended',
    'A trial is over.',
    Type.Object({
      subscriptionId,
      endedAt: InstantText,
      outcome: Type.Union([Type.Literal('converted'), Type.Literal('canceled')]),
    }),
    { subscriptionId: example, endedAt: '2026-01-15T00:00:00Z', outcome: 'converted' },
    ({ subscriptionId, at, outcome }) => ({ subscriptionId, endedAt: at, outcome }),
  ),
  SubscriptionPlanChanged: told(
    'SubscriptionPlanChanged',
    'subscription.plan_changed',
    'Another plan or version counts from an instant on, past or ahead.',
    Type.Object({ subscriptionId, changeId, effectiveFrom: InstantText, from: terms, to: terms, proration }),
    {
      subscriptionId: example,
      ...exampleChange,
      from: { plan: 'team', planVersion: 1, quantities: { seats: '5' } },
      to: { plan: 'business', planVersion: 1, quantities: { seats: '5' } },
      proration: 'prorated',
    },
    ({ subscriptionId, changeId, effectiveFrom, from, to, proration }) => ({
      subscriptionId,
      changeId,
      effectiveFrom,
      from: termsTold(from),
      to: termsTold(to),
      proration,
    }),
  ),
  SubscriptionQuantityChanged: told(
    'SubscriptionQuantityChanged',
    'subscription.quantity_changed',
    'Other units or agreed prices count from an instant on, past or ahead.',
    Type.Object({ subscriptionId, changeId, effectiveFrom: InstantText, from: terms, to: terms, proration }),
    {
      subscriptionId: example,
      ...exampleChange,
      from: { plan: 'team', planVersion: 1, quantities: { seats: '5' } },
      to: { plan: 'team', planVersion: 1, quantities: { seats: '8' } },
      proration: 'prorated',
    },
    ({ subscriptionId, changeId, effectiveFrom, from, to, proration }) => ({
      subscriptionId,
      changeId,
      effectiveFrom,
      from: termsTold(from),
      to: termsTold(to),
      proration,
    }),
  ),
  SubscriptionPaused: told(
    'SubscriptionPaused',
    'subscription.paused',
    'Nothing is served from an instant on, until it is resumed.',
    Type.Object({
      subscriptionId,
      changeId,
      effectiveFrom: InstantText,
      until: Type.Optional(InstantText),
      credit: policy,
    }),
    { subscriptionId: example, ...exampleChange, credit: 'prorated' },
    ({ subscriptionId, changeId, effectiveFrom, until, credit }) => ({
      subscriptionId,
      changeId,
      effectiveFrom,
      ...(until === undefined ? {} : { until }),
      credit,
    }),
  ),
  SubscriptionResumed: told(
    'SubscriptionResumed',
    'subscription.resumed',
    'A pause is over.',
    Type.Object({ subscriptionId, changeId, effectiveFrom: InstantText }),
    { subscriptionId: example, ...exampleChange },
    ({ subscriptionId, changeId, effectiveFrom }) => ({ subscriptionId, changeId, effectiveFrom }),
  ),
  ScheduledChangeWithdrawn: told(
    'ScheduledChangeWithdrawn',
    'subscription.change_withdrawn',
    'A change that did not count yet, or an end that had not come, never will.',
    Type.Object({
      subscriptionId,
      changeId,
      change: Type.Union([
        Type.Literal('plan'),
        Type.Literal('quantity'),
        Type.Literal('pause'),
        Type.Literal('resume'),
        Type.Literal('cancel'),
      ]),
    }),
    { subscriptionId: example, changeId: exampleChange.changeId, change: 'cancel' },
    ({ subscriptionId, changeId, change }) => ({ subscriptionId, changeId, change }),
  ),
  SubscriptionCanceled: told(
    'SubscriptionCanceled',
    'subscription.canceled',
    'The end of a subscription is known; it may lie ahead.',
    Type.Object({
      subscriptionId,
      endsAt: InstantText,
      credit: Type.Union([Type.Literal('prorated'), Type.Literal('none'), Type.Literal('full')]),
    }),
    { subscriptionId: example, endsAt: '2026-02-01T00:00:00Z', credit: 'prorated' },
    ({ subscriptionId, endsAt, credit }) => ({ subscriptionId, endsAt, credit }),
  ),
  SubscriptionMetadataChanged: told(
    'SubscriptionMetadataChanged',
    'subscription.metadata_changed',
    'What is noted about a subscription is something else: the API answers it.',
    Type.Object({ subscriptionId }),
    { subscriptionId: example },
    ({ subscriptionId }) => ({ subscriptionId }),
  ),
  SubscriptionEnded: told(
    'SubscriptionEnded',
    'subscription.ended',
    'The end of a subscription has passed.',
    Type.Object({ subscriptionId, endedAt: InstantText }),
    { subscriptionId: example, endedAt: '2026-02-01T00:00:00Z' },
    ({ subscriptionId, at }) => ({ subscriptionId, endedAt: at }),
  ),
};

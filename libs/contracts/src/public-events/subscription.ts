import { Type } from 'typebox';
import { DecimalText, IdText, InstantText, Key } from '../events/shapes.js';
import { told } from './public-event.js';
import { exampleId } from './public-shapes.js';

const subscriptionId = IdText('sub');
const example = exampleId('sub');

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
  SubscriptionCanceled: told(
    'SubscriptionCanceled',
    'subscription.canceled',
    'The end of a subscription is known; it may lie ahead.',
    Type.Object({
      subscriptionId,
      endsAt: InstantText,
      credit: Type.Union([Type.Literal('prorated'), Type.Literal('none')]),
    }),
    { subscriptionId: example, endsAt: '2026-02-01T00:00:00Z', credit: 'prorated' },
    ({ subscriptionId, endsAt, credit }) => ({ subscriptionId, endsAt, credit }),
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

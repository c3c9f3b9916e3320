import { earlier, isBefore, later, refuse, type Instant } from '#kernel';
import { planVersion } from '../catalog/catalog.decider.js';
import { servedPeriods } from './charge-periods.js';
import { scheduleFrom } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { SubscriptionActivated, SubscriptionEvent } from './subscription.events.js';
import type { Segment, Subscription } from './subscription.js';
import { recurringTerms } from './terms.js';

type ActivateSubscription = Extract<SubscriptionCommand, { type: 'ActivateSubscription' }>;

/** Begins the timeline, once. */
export const activate = (command: ActivateSubscription, subscription: Subscription): readonly SubscriptionEvent[] => {
  if (subscription.activatedAt !== null) return [];
  const at = command.at ?? later(subscription.startAt, command.now);
  if (subscription.cancellation && !isBefore(at, subscription.cancellation.endsAt)) {
    return refuse('subscription_canceled', 'The subscription was canceled before it began.');
  }
  // What begins when it was meant to is not back-dated, however late its timer fires.
  const asMeant = subscription.activation === 'automatic' && at === subscription.startAt;
  return [activated(subscription, at, asMeant ? { ...command, now: earlier(at, command.now) } : command)];
};

export const activated = (
  subscription: Subscription,
  at: Instant,
  { catalog, now }: Pick<ActivateSubscription, 'catalog' | 'now'>,
): SubscriptionActivated => {
  const plan = planVersion(catalog, subscription.terms.plan, subscription.terms.planVersion);
  const segment = firstSegment(subscription, at);
  const started = { ...subscription, segments: [segment] };
  const [first] = servedPeriods(started, segment, plan.interval);
  const { start, end, localStart, localEnd } = first!.service;
  return {
    type: 'SubscriptionActivated',
    data: {
      subscriptionId: subscription.id,
      at,
      ...(segment.to === null ? {} : { endsAt: segment.to }),
      firstPeriod: { start, end, localStart, localEnd },
      currency: plan.currency,
      recurring: recurringTerms(plan, segment),
      schedule: scheduleFrom(started, catalog, now),
    },
  };
};

/** The terms of creation, from activation to where an earlier cancellation ends them. */
export const firstSegment = ({ terms, cancellation }: Subscription, from: Instant): Segment => ({
  from,
  to: cancellation?.endsAt ?? null,
  ...terms,
});

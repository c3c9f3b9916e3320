import { isBefore, later, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { remainderOf } from '../invoice/billed-service.js';
import { servedPeriods } from './charge-periods.js';
import { billingTimer, earliest, nextDue } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { SubscriptionEvent } from './subscription.events.js';
import { cutTimeline, type Subscription } from './subscription.js';
import { recurringTerms, type RecurringTerm } from './terms.js';

type CancelSubscription = Extract<SubscriptionCommand, { type: 'CancelSubscription' }>;

/** Sets the end of a timeline. What was billed beyond it is due at once, to be given back. */
export const cancel = (
  command: CancelSubscription,
  subscription: Subscription,
  account: Account,
): readonly SubscriptionEvent[] => {
  const { changeId, credit, reason, catalog, now } = command;
  const { id, cancellation, segments } = subscription;
  if (cancellation?.changeId === changeId) return [];
  if (cancellation) return refuse('subscription_already_canceled', `The subscription ends at ${cancellation.endsAt}.`);
  const endsAt = endOf(command, subscription);
  const [first] = segments;
  if (first && isBefore(endsAt, first.from)) {
    return refuseAt('/at', 'end_before_start', `The subscription began at ${first.from}.`);
  }
  const cut: Subscription = { ...subscription, segments: cutTimeline(segments, endsAt) };
  const billed = [...account.billed.values()].filter(({ subscriptionId }) => subscriptionId === id);
  const again = remainderOf(billed, { changeId, endsAt, credit }, catalog);
  const next = earliest(nextDue(cut, catalog), again?.dueAt ?? null);
  const canceled: SubscriptionEvent = {
    type: 'SubscriptionCanceled',
    data: {
      subscriptionId: id,
      changeId,
      endsAt,
      credit,
      ...(reason === undefined ? {} : { reason }),
      currency: openProfile(account).currency,
      recurring: recurringNow(subscription, catalog),
      ...(isBefore(now, endsAt) ? { timer: { key: `end:${id}`, dueAt: endsAt, generation: 1 } } : {}),
      schedule: { nextBillAt: next, timer: next === null ? null : billingTimer(subscription, later(next, now)) },
    },
  };
  if (isBefore(now, endsAt)) return [canceled];
  return [canceled, { type: 'SubscriptionEnded', data: { subscriptionId: id, at: endsAt } }];
};

const recurringNow = ({ segments }: Subscription, catalog: Catalog): readonly RecurringTerm[] => {
  const last = segments.at(-1);
  return last ? recurringTerms(planVersion(catalog, last.plan, last.planVersion), last) : [];
};

const endOf = ({ at, catalog, now }: CancelSubscription, subscription: Subscription): Instant => {
  if (at === 'now') return now;
  if (at !== 'period_end') return at;
  const current = subscription.segments.at(-1);
  if (!current) return later(now, subscription.startAt);
  const { interval } = planVersion(catalog, current.plan, current.planVersion);
  const from = later(now, current.from);
  const [period] = servedPeriods(subscription, current, interval, from);
  return period!.service.end;
};

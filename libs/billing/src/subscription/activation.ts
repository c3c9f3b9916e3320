import type { DiscountFact, SubscriptionFact } from '#contracts';
import { earlier, isBefore, later, refuse, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { planVersion } from '../catalog/catalog.decider.js';
import { begunWith } from '../discount/discount-beginnings.js';
import { servedPeriods } from './charge-periods.js';
import { localDaysOf } from './local-days.js';
import { recurringIn } from './recurring-changes.js';
import { scheduleFrom } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { timelineTold } from './timeline-change.js';
import { timelineOf } from './timeline.js';
import { trialFrom } from './trial.js';
import { timerOf } from '../timer/timer.js';

type ActivateSubscription = Extract<SubscriptionCommand, { type: 'ActivateSubscription' }>;
type Facts = Pick<ActivateSubscription, 'catalog' | 'now'>;

/** Begins the timeline, once. */
export const activate = (
  command: ActivateSubscription,
  subscription: Subscription,
  account: Account,
): readonly (SubscriptionFact | DiscountFact)[] => {
  if (subscription.activatedAt !== null) return [];
  const at = command.at ?? later(subscription.startAt, command.now);
  if (subscription.cancellation && !isBefore(at, subscription.cancellation.endsAt)) {
    return refuse('subscription_canceled', 'The subscription was canceled before it began.');
  }
  // What begins when it was meant to is not back-dated, however late its timer fires.
  const asMeant = subscription.activation === 'automatic' && at === subscription.startAt;
  return begun(subscription, at, account, asMeant ? { ...command, now: earlier(at, command.now) } : command);
};

/** What recurs is told with the trial, where there is one. */
export const begun = (
  subscription: Subscription,
  at: Instant,
  account: Account,
  facts: Facts,
): readonly (SubscriptionFact | DiscountFact)[] => {
  const { id, terms, trialTerms, anchor, cancellation } = subscription;
  const plan = planVersion(facts.catalog, terms.plan, terms.planVersion);
  const trial = trialTerms && trialFrom(at, trialTerms, subscription);
  const end = cancellation?.endsAt ?? null;
  const segments = timelineOf({ ...subscription, activatedAt: at, trial }, end, []);
  const started = { ...subscription, activatedAt: at, trial, segments };
  const from = trial && (end === null || isBefore(trial.endsAt, end)) ? trial.endsAt : at;
  const cycle = { from, to: end, cycleFrom: trial?.endsAt ?? at };
  const [first] = servedPeriods({ ...subscription, anchor }, cycle, plan.interval);
  const { start, end: turn, localStart, localEnd } = first!.service;
  const activated: SubscriptionFact = {
    type: 'SubscriptionActivated',
    data: {
      subscriptionId: id,
      at,
      ...(end === null ? {} : { endsAt: end }),
      ...localDaysOf(subscription.zone, [at]),
      firstPeriod: { start, end: turn, localStart, localEnd },
      currency: plan.currency,
      recurring: trial ? [] : recurringIn(segments[0]!, facts.catalog),
      schedule: scheduleFrom(started, facts.catalog, facts.now, () => false),
    },
  };
  const discounts = begunWith(started, account, { ...facts, now: at });
  if (!trial) return [activated, ...discounts];
  const { subscriptionId, ...told } = timelineTold({ ...started, segments: [] }, {}, account, facts, [trial.endsAt]);
  return [
    activated,
    {
      type: 'TrialStarted',
      data: {
        subscriptionId,
        endsAt: trial.endsAt,
        paid: trial.price !== null,
        ...(trial.price === null ? {} : { price: trial.price }),
        timer: timerOf('trial', id, trial.endsAt),
        ...told,
        schedule: activated.data.schedule,
      },
    },
    ...discounts,
  ];
};

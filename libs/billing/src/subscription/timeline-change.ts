import type { TimelineTold, ChangeOptions, Fact } from '#contracts';
import { isBefore, later, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { inRhythmOf, servedPeriods } from './charge-periods.js';
import { composedTimeline } from './composed-terms.js';
import { localDaysOf } from './local-days.js';
import { recurringChanges, recurringStretches } from './recurring-changes.js';
import { earliest, scheduleAfterChange } from './schedule.js';
import { planOf } from './charge-stretches.js';
import type { ChangeTime } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { segmentAt, type TimelineChange } from './timeline.js';

/** What changes of a subscription, apart from the timeline that follows. */
type Changed = Partial<Pick<Subscription, 'changes' | 'cancellation'>> & { readonly changeId?: string };

/** The timeline that follows from a change that names instants, what it does to revenue, and when something is due by it. */
export const timelineTold = (
  subscription: Subscription,
  change: Changed,
  account: Account,
  { catalog, now }: { readonly catalog: Catalog; readonly now: Instant },
  named: readonly Instant[] = [],
): TimelineTold => {
  const { changeId, ...parts } = change;
  const changeIds = changeId === undefined ? subscription.changeIds : new Set([...subscription.changeIds, changeId]);
  const facts = { ...subscription, ...parts, changeIds };
  const timeline = composedTimeline(facts, facts.cancellation?.endsAt ?? null, catalog);
  // What was withdrawn has counted, too: of that, the subscription as it was still knows.
  const known = [...facts.changes.map(({ at }) => at), facts.cancellation?.endsAt ?? null];
  const changedFrom = changeIds.size === 0 ? null : known.reduce(earliest, subscription.changedFrom);
  const changed = { ...facts, changedFrom, unsettledFrom: changedFrom, segments: timeline };
  return {
    subscriptionId: subscription.id,
    timeline,
    ...(named.length === 0 ? {} : localDaysOf(subscription.zone, named)),
    currency: openProfile(account).currency,
    movements: recurringChanges(
      recurringStretches(subscription.segments, subscription, catalog),
      recurringStretches(timeline, subscription, catalog),
    ),
    schedule: scheduleAfterChange(changed, account, catalog, now),
  };
};

/** The instant that a change counts from. @throws DomainError where the timeline is not there then */
export const changeInstant = (
  at: ChangeTime,
  subscription: Subscription,
  { catalog, now }: { readonly catalog: Catalog; readonly now: Instant },
): Instant => {
  const { activatedAt, cancellation } = subscription;
  if (activatedAt === null) return refuse('subscription_not_active', 'The subscription has not begun.');
  const instant =
    at === 'now'
      ? later(now, activatedAt)
      : at === 'period_end'
        ? periodEnd(subscription, later(now, activatedAt), catalog)
        : at;
  if (isBefore(instant, activatedAt)) {
    return refuseAt('/at', 'change_before_start', `The subscription began at ${activatedAt}.`);
  }
  if (cancellation && !isBefore(instant, cancellation.endsAt)) {
    return refuse('subscription_canceled', `The subscription ends at ${cancellation.endsAt}.`);
  }
  return instant;
};

/** The end of the plan's period that an instant lies in; of the trial, while it lasts. */
export const periodEnd = (subscription: Subscription, at: Instant, catalog: Catalog): Instant => {
  const segment = segmentAt(subscription.segments, at) ?? refuse('subscription_canceled', 'It ended as it began.');
  if (segment.status === 'trialing') return subscription.trial!.endsAt;
  const { cycleFrom } = segment;
  const [period] = servedPeriods(
    inRhythmOf(segment, subscription),
    { from: segment.from, to: null, cycleFrom },
    planOf(segment, catalog).interval,
    at,
  );
  return period!.service.end;
};

/** What was chosen of a change, and nothing else. */
export const optionsOf = ({ proration, collect, billingCycle, allowances }: ChangeOptions): ChangeOptions => ({
  proration,
  ...(collect === undefined ? {} : { collect }),
  ...(billingCycle === undefined ? {} : { billingCycle }),
  ...(allowances === undefined ? {} : { allowances }),
});

/** The change that a fact tells of. */
export const changeIn = (
  event:
    | Fact<'SubscriptionPlanChanged'>
    | Fact<'SubscriptionQuantityChanged'>
    | Fact<'SubscriptionPaused'>
    | Fact<'SubscriptionResumed'>,
): TimelineChange => {
  const { type, data } = event;
  const { changeId, effectiveFrom: at } = data;
  switch (type) {
    case 'SubscriptionPlanChanged': {
      const { contentHash: _, ...whole } = data.to;
      return { kind: 'plan', changeId, at, sets: data.sets ?? { whole }, ...optionsOf(data) };
    }
    case 'SubscriptionQuantityChanged':
      return { kind: 'quantity', changeId, at, sets: data.sets ?? { whole: data.to }, ...optionsOf(data) };
    case 'SubscriptionPaused':
      return { kind: 'pause', changeId, at, until: data.until ?? null, credit: data.credit };
    case 'SubscriptionResumed':
      return { kind: 'resume', changeId, at };
  }
};

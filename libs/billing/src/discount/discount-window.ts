import type { AppliedTerms } from '#contracts';
import { isBefore, later, startOfDay, turningDay, type Instant, type Interval, type LocalDate } from '#kernel';
import { dayOfMonth } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { inRhythmOf, servedPeriods } from '../subscription/charge-periods.js';
import { planOf } from '../subscription/charge-stretches.js';
import type { Subscription } from '../subscription/subscription.js';
import type { DiscountWindow } from './applied-discount.js';

/** A period of the plan that is sold. */
export interface OpenPeriod {
  readonly start: LocalDate;
  readonly interval: Interval;
}

/** The first period of the plan that is not over by an instant, and of which nothing is billed yet; undefined where none begins any more. */
export const openPeriod = (
  subscription: Subscription,
  billed: Iterable<BilledService>,
  catalog: Catalog,
  now: Instant,
): OpenPeriod | undefined => {
  const last = lastBilled(subscription, billed);
  for (const segment of subscription.segments) {
    if (segment.status !== 'active' || (segment.to !== null && !isBefore(now, segment.to))) continue;
    const { interval } = planOf(segment, catalog);
    const after = later(now, last ?? now);
    for (const { period } of servedPeriods(inRhythmOf(segment, subscription), segment, interval, after)) {
      if (last === undefined || isBefore(last, startOfDay(period.start, subscription.zone)))
        return { start: period.start, interval };
    }
  }
  return undefined;
};

/** When what is billed last of a subscription begins. */
const lastBilled = ({ id }: Subscription, billed: Iterable<BilledService>): Instant | undefined => {
  let last: Instant | undefined;
  for (const { subscriptionId, service, lines } of billed)
    if (subscriptionId === id && lines.length > 0)
      last = last === undefined ? service.start : later(last, service.start);
  return last;
};

/** The periods that a discount counts in, from the first one on. */
export const windowFrom = (
  { duration, periods, ends }: Pick<AppliedTerms, 'duration' | 'periods' | 'ends'>,
  { start, interval }: OpenPeriod,
): DiscountWindow => {
  if (duration === 'periods')
    return { from: start, until: turningDay({ interval, first: start, day: dayOfMonth(start) }, periods!) };
  return { from: start, until: duration === 'until' ? ends! : null };
};

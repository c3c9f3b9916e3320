import { earlier, isBefore, later, type Instant } from '#kernel';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { dueAt, servedBy } from './charge-periods.js';
import type { BillingSchedule, Timer } from './subscription.events.js';
import type { Subscription } from './subscription.js';

/** The earliest moment, not before the given one, at which something that is not billed yet falls due. */
export const nextDue = (subscription: Subscription, catalog: Catalog, notBefore?: Instant): Instant | null => {
  let next: Instant | null = null;
  for (const segment of subscription.segments) {
    const plan = planVersion(catalog, segment.plan, segment.planVersion);
    for (const charge of plan.charges) {
      for (const { service } of servedBy(subscription, segment, plan, charge, subscription.through.get(charge.key))) {
        const due = dueAt(charge, service);
        if (notBefore !== undefined && isBefore(due, notBefore)) continue;
        if (next === null || isBefore(due, next)) next = due;
        break;
      }
    }
  }
  return next;
};

/** Something billed before that has to be looked at again. */
export interface Remainder {
  readonly dueAt: Instant;
  /** Whether the agenda sees to it: what was voided waits for the next regular timer. */
  readonly byItself: boolean;
}

/**
 * The agenda never bills by itself what was back-dated: its first timer stands at the first due moment from `now` on, the
 * next ones wherever something falls due after that, even if its moment passed while a draft waited.
 */
export const scheduleFrom = (
  subscription: Subscription,
  catalog: Catalog,
  now: Instant,
  remainder?: Remainder,
): BillingSchedule => {
  const regular = nextDue(subscription, catalog, subscription.schedule.timer?.dueAt ?? now);
  const again = remainder?.byItself === true ? later(remainder.dueAt, now) : null;
  const next = earliest(regular, again);
  return {
    nextBillAt: earliest(nextDue(subscription, catalog), remainder?.dueAt ?? null),
    timer: next === null ? null : billingTimer(subscription, next),
  };
};

/** Null stands for never. */
export const earliest = (left: Instant | null, right: Instant | null): Instant | null =>
  left === null ? right : right === null ? left : earlier(left, right);

export const billingTimer = ({ id, generation }: Subscription, at: Instant): Timer => ({
  key: `bill:${id}`,
  dueAt: at,
  generation: generation + 1,
});

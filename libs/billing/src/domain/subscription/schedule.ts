import { isBefore, type Instant } from '#kernel';
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

/** The agenda never bills by itself what was back-dated: its timer stands at the first due moment from `now` on. */
export const scheduleFrom = (subscription: Subscription, catalog: Catalog, now: Instant): BillingSchedule => {
  const next = nextDue(subscription, catalog, now);
  return { nextBillAt: nextDue(subscription, catalog), timer: next === null ? null : billingTimer(subscription, next) };
};

export const billingTimer = ({ id, generation }: Subscription, at: Instant): Timer => ({
  key: `bill:${id}`,
  dueAt: at,
  generation: generation + 1,
});

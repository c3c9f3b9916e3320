import { earlier, isBefore, later, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { remainderOf } from '../invoice/billed-service.js';
import { TimelineServices } from '../invoice/timeline-services.js';
import { dueAt } from './charge-periods.js';
import type { BillingSchedule, Timer } from './subscription.events.js';
import type { Subscription } from './subscription.js';

/** Which services were billed, by key. */
export type IsBilled = (key: string) => boolean;

/** The earliest moment, not before the given one, at which something that is not billed yet falls due. */
export const nextDue = (
  subscription: Subscription,
  catalog: Catalog,
  isBilled: IsBilled,
  notBefore?: Instant,
): Instant | null => {
  let next: Instant | null = null;
  for (const services of new TimelineServices(subscription, catalog).unbilled(isBilled)) {
    for (const { charge, service } of services) {
      const due = dueAt(charge, service);
      if (notBefore !== undefined && isBefore(due, notBefore)) continue;
      if (next === null || isBefore(due, next)) next = due;
      break;
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
  isBilled: IsBilled,
  remainder?: Remainder,
): BillingSchedule => {
  const regular = nextDue(subscription, catalog, isBilled, subscription.schedule.timer?.dueAt ?? now);
  const again = remainder?.byItself === true ? later(remainder.dueAt, now) : null;
  const next = earliest(regular, again);
  return {
    nextBillAt: earliest(nextDue(subscription, catalog, isBilled), remainder?.dueAt ?? null),
    timer: next === null ? null : billingTimer(subscription, next),
  };
};

/** After its timeline changed. What falls due by that, or was billed beyond it, the agenda sees to at once. */
export const scheduleAfterChange = (
  changed: Subscription,
  { billed }: Account,
  catalog: Catalog,
  now: Instant,
): BillingSchedule => {
  const own = [...billed.values()].filter(({ subscriptionId }) => subscriptionId === changed.id);
  const again = remainderOf(own, changed, catalog);
  const next = earliest(
    nextDue(changed, catalog, (key) => billed.has(key)),
    again?.dueAt ?? null,
  );
  return { nextBillAt: next, timer: next === null ? null : billingTimer(changed, later(next, now)) };
};

/** Null stands for never. */
export const earliest = (left: Instant | null, right: Instant | null): Instant | null =>
  left === null ? right : right === null ? left : earlier(left, right);

export const billingTimer = ({ id, generation }: Subscription, at: Instant): Timer => ({
  key: `bill:${id}`,
  dueAt: at,
  generation: generation + 1,
});

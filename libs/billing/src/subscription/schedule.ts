import type { BillingSchedule, Timer } from '#contracts';
import { earlier, isBefore, later, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { remainderOf, type Remainder } from '../invoice/billed-service.js';
import { isBilledTo, type Served } from '../invoice/installments.js';
import { TimelineServices } from '../invoice/timeline-services.js';
import { dueAt } from './charge-periods.js';
import type { Subscription } from './subscription.js';
import { isCollectedLater, isTermsChange } from './timeline.js';
import { timerOf } from '../timer/timer.js';

/** Whether something that is served was billed. */
export type IsBilled = (served: Served) => boolean;

/** The earliest moment, not before the given one, at which something that is not billed yet falls due. */
export const nextDue = (
  subscription: Subscription,
  timeline: TimelineServices,
  isBilled: IsBilled,
  { notBefore, byItself = false }: { readonly notBefore?: Instant; readonly byItself?: boolean } = {},
): Instant | null => {
  const begins = new Set(byItself ? subscription.changes.filter(isTermsChange).map(({ at }) => at) : []);
  let next: Instant | null = null;
  for (const services of timeline.unbilled(isBilled, notBefore)) {
    for (const { charge, service, period } of services) {
      const due = dueAt(charge, service);
      if (notBefore !== undefined && isBefore(due, notBefore)) continue;
      const isCut =
        charge.timing === 'in_advance' ? service.localStart !== period.start : service.localEnd !== period.end;
      const waits = begins.has(due) && isCut && isCollectedLater(subscription, due);
      if (waits) continue;
      if (next === null || isBefore(due, next)) next = due;
      break;
    }
  }
  return next;
};

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
  const timeline = new TimelineServices(subscription, catalog);
  const notBefore = subscription.schedule.timer?.dueAt ?? now;
  const first = nextDue(subscription, timeline, isBilled);
  // Most often nothing is due before that, and nothing waits: then it is looked for once.
  const isRegular = first === null || !(isBefore(first, notBefore) || subscription.changes.some(isTermsChange));
  const regular = isRegular ? first : nextDue(subscription, timeline, isBilled, { notBefore, byItself: true });
  const again = remainder && remainder.waits !== true ? later(remainder.dueAt, now) : null;
  const next = earliest(regular, again);
  return {
    nextBillAt: earliest(first, remainder?.dueAt ?? null),
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
  const isBilled: IsBilled = (served) => isBilledTo(served, billed.get(served.key)?.service.end);
  const timeline = new TimelineServices(changed, catalog);
  const next = earliest(nextDue(changed, timeline, isBilled), again?.dueAt ?? null);
  const byItself = earliest(
    nextDue(changed, timeline, isBilled, { byItself: true }),
    again?.waits === true ? null : (again?.dueAt ?? null),
  );
  const timerAt = byItself ?? next;
  return { nextBillAt: next, timer: timerAt === null ? null : billingTimer(changed, later(timerAt, now)) };
};

/** Null stands for never. */
export const earliest = (left: Instant | null, right: Instant | null): Instant | null =>
  left === null ? right : right === null ? left : earlier(left, right);

export const billingTimer = ({ id, generation }: Subscription, at: Instant): Timer =>
  timerOf('bill', id, at, generation + 1);

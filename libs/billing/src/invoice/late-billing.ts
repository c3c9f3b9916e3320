import type { Fact, Timer } from '#contracts';
import { isBefore, plusDuration, type Instant, type SubscriptionId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { billingTimer } from '../subscription/schedule.js';
import type { Subscription } from '../subscription/subscription.js';
import { dueAgainOf } from './due-services.js';
import type { InvoiceCommand } from './invoice.commands.js';
import { billedDueAt } from './billed-charge.js';

type ScheduleLateBilling = Extract<InvoiceCommand, { type: 'ScheduleLateBilling' }>;

/** What comes late is collected for a day. */
const LATE_HOURS = 24;

/** Time to mend what an invoice was voided for. */
const VOIDED_HOURS = 1;

/** A timer for each subscription of which readings came after the last billing that anything would cause. */
export const scheduleLateBilling = (
  { arrivals, catalog, now }: ScheduleLateBilling,
  account: Account,
): Fact<'LateBillingScheduled'>[] => {
  if (account.closed || account.billedThrough === null) return [];
  const facts = { catalog, billThrough: account.billedThrough, arrivals };
  const late = new Map<SubscriptionId, Fact<'LateBillingScheduled'>>();
  // Subscriptions that nothing else bills, and each of them once.
  const waits = ({ id, schedule }: Subscription): boolean => schedule.timer === null && !late.has(id);
  for (const { subscription, billed } of dueAgainOf(account, facts, waits)) {
    const timer = billingTimer(subscription, plusDuration(now, { hours: LATE_HOURS }));
    const nextBillAt = subscription.schedule.nextBillAt ?? billedDueAt(billed, subscription, catalog);
    late.set(subscription.id, {
      type: 'LateBillingScheduled',
      data: { subscriptionId: subscription.id, schedule: { nextBillAt, timer } },
    });
  }
  return [...late.values()];
};

/** Bills again what was voided; nothing where its subscription is billed before that anyway. */
export const billAgainTimer = (subscription: Subscription, now: Instant): Timer | undefined => {
  const at = plusDuration(now, { hours: VOIDED_HOURS });
  const { timer } = subscription.schedule;
  return timer !== null && !isBefore(at, timer.dueAt) ? undefined : billingTimer(subscription, at);
};

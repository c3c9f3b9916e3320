import type { AccountFact, SubscriptionFact } from '#contracts';
import { isBefore, later, negated, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { addItem } from '../invoice-item/invoice-item.decider.js';
import { recurringIn } from './recurring-changes.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { periodEnd, timelineTold } from './timeline-change.js';
import { timerOf } from '../timer/timer.js';

type CancelSubscription = Extract<SubscriptionCommand, { type: 'CancelSubscription' }>;

/** Sets the end of a timeline, or an earlier one. What was billed beyond it is due at once, to be given back. */
export const cancel = (
  command: CancelSubscription,
  subscription: Subscription,
  account: Account,
): readonly AccountFact[] => {
  const { changeId, credit, reason, catalog, now } = command;
  const bill = command.finalBill === false ? { finalBill: false as const } : {};
  const { id, cancellation, segments, activatedAt, changeIds, discounts, ended } = subscription;
  if (changeIds.has(changeId)) return [];
  const endsAt = endOf(command, subscription);
  if (cancellation && !isBefore(endsAt, cancellation.endsAt)) {
    return refuse('subscription_already_canceled', `The subscription ends at ${cancellation.endsAt}.`);
  }
  if (activatedAt !== null && isBefore(endsAt, activatedAt)) {
    return refuseAt('/at', 'end_before_start', `The subscription began at ${activatedAt}.`);
  }
  const { timeline, movements, ...told } = timelineTold(
    subscription,
    { changeId, cancellation: { changeId, endsAt, credit, ...bill } },
    account,
    command,
    [endsAt],
  );
  const last = segments.findLast(({ from }) => isBefore(from, endsAt)) ?? segments[0];
  const canceled: SubscriptionFact = {
    type: 'SubscriptionCanceled',
    data: {
      changeId,
      endsAt,
      credit,
      ...bill,
      ...(reason === undefined ? {} : { reason }),
      ...told,
      ...(cancellation ? { replaces: cancellation.changeId } : {}),
      // What follows from the end alone need not be told.
      ...(segments.length < 2 && !cancellation && discounts.length === 0 ? {} : { timeline, movements }),
      recurring: last ? recurringIn(last, catalog) : [],
      ...(isBefore(now, endsAt) ? { timer: timerOf('end', id, endsAt, changeIds.size + 1) } : {}),
    },
  };
  if (isBefore(now, endsAt)) {
    if (command.creditAmount === undefined) return [canceled];
    return refuseAt(
      '/creditAmount',
      'credit_amount_ahead',
      `The end is ahead, at ${endsAt}: give an amount back by an invoice item.`,
    );
  }
  const end: SubscriptionFact = { type: 'SubscriptionEnded', data: { subscriptionId: id, at: endsAt } };
  return [canceled, ...(ended ? [] : [end]), ...givenBack(command, account)];
};

const endOf = ({ at, catalog, now }: CancelSubscription, subscription: Subscription): Instant => {
  if (at === 'now') return now;
  if (at !== 'period_end') return at;
  const { activatedAt, startAt, segments, cancellation } = subscription;
  // Where the end was set back to the beginning, there are no periods.
  if (cancellation && segments.length === 0) return cancellation.endsAt;
  return activatedAt === null ? later(now, startAt) : periodEnd(subscription, later(now, activatedAt), catalog);
};

const givenBack = (
  { subscriptionId, creditAmount, now }: CancelSubscription,
  account: Account,
): readonly AccountFact[] => {
  if (creditAmount === undefined) return [];
  const { currency } = openProfile(account);
  const { amount, itemId, own } = creditAmount;
  if (amount.minor <= 0n)
    return refuseAt('/creditAmount/amount', 'amount_not_positive', 'What comes back is above zero.');
  if (amount.currency !== currency)
    return refuseAt('/creditAmount/currency', 'currency_mismatch', `The account is billed in ${currency}.`);
  return addItem(
    {
      type: 'AddInvoiceItem',
      itemId,
      description: 'Credit at the end of the subscription',
      price: { amount: negated(amount) },
      metadata: { subscriptionId },
      own,
      now,
    },
    account,
  );
};

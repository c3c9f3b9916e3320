import type { DiscountFact, SubscriptionFact } from '#contracts';
import { isBefore, notFound, refuse } from '#kernel';
import type { Account } from '../account/account.state.js';
import { begunWith } from '../discount/discount-beginnings.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { composedTerms } from './composed-terms.js';
import { refuseImpossible } from './plan-change.js';
import { timelineTold } from './timeline-change.js';

type Command<Type extends SubscriptionCommand['type']> = Extract<SubscriptionCommand, { type: Type }>;

/** Takes back an end that has not come. */
export const uncancel = (
  command: Command<'UncancelSubscription'>,
  subscription: Subscription,
  account: Account,
): readonly (SubscriptionFact | DiscountFact)[] => {
  const { cancellation, ended } = subscription;
  if (cancellation === null) return refuse('subscription_not_canceled', 'The subscription is not canceled.');
  if (ended || !isBefore(command.now, cancellation.endsAt)) {
    return refuse('subscription_ended', `The subscription ended at ${cancellation.endsAt}.`);
  }
  const told = timelineTold(subscription, { cancellation: null }, account, command);
  return [
    { type: 'ScheduledChangeWithdrawn', data: { changeId: cancellation.changeId, change: 'cancel', ...told } },
    ...begunWith({ ...subscription, cancellation: null, segments: told.timeline }, account, command),
  ];
};

/** Takes back a change that does not count yet. */
export const withdraw = (
  command: Command<'WithdrawScheduledChange'>,
  subscription: Subscription,
  account: Account,
): readonly (SubscriptionFact | DiscountFact)[] => {
  const { changeId, now } = command;
  const { changes, changeIds, cancellation } = subscription;
  if (cancellation?.changeId === changeId)
    return uncancel({ ...command, type: 'UncancelSubscription' }, subscription, account);
  const change = changes.find((one) => one.changeId === changeId);
  if (!change) return changeIds.has(changeId) ? [] : notFound('change', changeId);
  if (!isBefore(now, change.at)) return refuse('change_already_effective', `The change counts since ${change.at}.`);
  const left = changes.filter((one) => one !== change);
  const told = timelineTold(subscription, { changes: left }, account, command);
  const after = composedTerms(subscription.terms, left, command.catalog).filter(({ at }) => !isBefore(at, change.at));
  refuseImpossible(after, { ...subscription, segments: told.timeline }, command.catalog);
  return [
    { type: 'ScheduledChangeWithdrawn', data: { changeId, change: change.kind, ...told } },
    ...begunWith({ ...subscription, segments: told.timeline }, account, command),
  ];
};

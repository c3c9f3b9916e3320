import { notFound, type Instant, type Recorded } from '#kernel';
import type { Account } from '../account/account.state.js';
import { activate, firstSegment } from './activation.js';
import { cancel } from './cancellation.js';
import { create, pendingSubscription } from './creation.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { SubscriptionEvent } from './subscription.events.js';
import { cutTimeline, type Subscription } from './subscription.js';

export const decideSubscription = (command: SubscriptionCommand, account: Account): readonly SubscriptionEvent[] => {
  switch (command.type) {
    case 'CreateSubscription':
      return create(command, account);
    case 'ActivateSubscription':
      return activate(command, subscriptionOf(account, command.subscriptionId));
    case 'CancelSubscription':
      return cancel(command, subscriptionOf(account, command.subscriptionId), account);
    case 'EndSubscription': {
      const { id, cancellation, ended } = subscriptionOf(account, command.subscriptionId);
      if (ended || cancellation === null) return [];
      return [{ type: 'SubscriptionEnded', data: { subscriptionId: id, at: cancellation.endsAt } }];
    }
  }
};

/** @throws DomainError `subscription_not_found` */
export const subscriptionOf = (account: Account, id: string): Subscription =>
  account.subscriptions.get(id as Subscription['id']) ?? notFound('subscription', id);

export const evolveSubscription = (
  account: Account,
  { type, data }: SubscriptionEvent,
  { revision }: Recorded,
): void => {
  if (type === 'SubscriptionCreated') {
    account.subscriptions.set(data.subscriptionId, pendingSubscription(data, account.subscriptions.size));
    account.liveSubscriptions += 1;
    return;
  }
  const subscription = account.subscriptions.get(data.subscriptionId)!;
  switch (type) {
    case 'SubscriptionActivated':
      subscription.activatedAt = data.at;
      subscription.segments = [firstSegment(subscription, data.at)];
      // It takes readings before those that were created after it: they may have been billed for some by now.
      if (subscription.ordinal < account.subscriptions.size - 1) attributed(account, data.at, revision);
      subscription.schedule = data.schedule;
      subscription.generation = data.schedule.timer?.generation ?? subscription.generation;
      return;
    case 'SubscriptionCanceled':
      subscription.cancellation = { changeId: data.changeId, endsAt: data.endsAt, credit: data.credit };
      subscription.segments = cutTimeline(subscription.segments, data.endsAt);
      attributed(account, data.endsAt, revision);
      subscription.schedule = data.schedule;
      subscription.generation = data.schedule.timer?.generation ?? subscription.generation;
      return;
    case 'SubscriptionEnded':
      subscription.ended = true;
      account.liveSubscriptions -= 1;
      return;
  }
};

/** From an instant on, readings go to another subscription than before. */
const attributed = (account: Account, from: Instant, revision: number): void => {
  account.attributionChanges = [...account.attributionChanges, { from, revision }];
};

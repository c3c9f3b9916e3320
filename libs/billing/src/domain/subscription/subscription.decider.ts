import type { AccountFact, SubscriptionFact, Fact, LocalDays, TimelineTold } from '#contracts';
import { isBefore, notFound, type Instant, type Recorded } from '#kernel';
import type { Account } from '../account/account.state.js';
import { changedMetadata } from '../account/metadata.js';
import { openProfile } from '../account/profile.decider.js';
import { activate } from './activation.js';
import { cancel } from './cancellation.js';
import { create, pendingSubscription } from './creation.js';
import { withDays } from './local-days.js';
import { endPause, pause, resume } from './pausing.js';
import { changePlan } from './plan-change.js';
import { earliest } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription, TimelineEnd } from './subscription.js';
import { changeIn } from './timeline-change.js';
import { cutOff, timelineOf } from './timeline.js';
import { uncancel, withdraw } from './withdrawal.js';
import { endTrial } from './trial.js';

export const decideSubscription = (command: SubscriptionCommand, account: Account): readonly AccountFact[] => {
  if (command.type === 'CreateSubscription') return create(command, account);
  const subscription = subscriptionOf(account, command.subscriptionId);
  switch (command.type) {
    case 'ChangeSubscription': {
      openProfile(account);
      const metadata = changedMetadata(subscription.metadata, command.metadata);
      return metadata
        ? [{ type: 'SubscriptionMetadataChanged', data: { subscriptionId: subscription.id, metadata } }]
        : [];
    }
    case 'ActivateSubscription':
      return activate(command, subscription, account);
    case 'ChangePlan':
      return changePlan(command, subscription, account);
    case 'PauseSubscription':
      return pause(command, subscription, account);
    case 'ResumeSubscription':
      return resume(command, subscription, account);
    case 'CancelSubscription':
      return cancel(command, subscription, account);
    case 'UncancelSubscription':
      return uncancel(command, subscription, account);
    case 'WithdrawScheduledChange':
      return withdraw(command, subscription, account);
    case 'EndPause':
      return endPause(command, subscription, account);
    case 'EndTrial':
      return endTrial(command, subscription);
    case 'EndSubscription': {
      const { id, cancellation, ended } = subscription;
      // An end that was set anew has a timer of its own.
      if (ended || cancellation === null || isBefore(command.at, cancellation.endsAt)) return [];
      return [{ type: 'SubscriptionEnded', data: { subscriptionId: id, at: cancellation.endsAt } }];
    }
  }
};

/** @throws DomainError `subscription_not_found` */
export const subscriptionOf = (account: Account, id: string): Subscription =>
  account.subscriptions.get(id as Subscription['id']) ?? notFound('subscription', id);

export const evolveSubscription = (account: Account, event: SubscriptionFact, { revision }: Recorded): void => {
  const { type, data } = event;
  if (type === 'SubscriptionCreated') {
    account.subscriptions.set(data.subscriptionId, pendingSubscription(data, account.subscriptions.size));
    account.liveSubscriptions += 1;
    return;
  }
  const subscription = account.subscriptions.get(data.subscriptionId)!;
  if ('localDays' in data) subscription.zone = withDays(subscription.zone, data);
  switch (type) {
    case 'SubscriptionActivated':
      subscription.activatedAt = data.at;
      subscription.zone = withDays(subscription.zone, firstDay(data));
      subscription.segments = timelineOf(subscription, subscription.cancellation?.endsAt ?? null, []);
      // It takes readings before those that were created after it: they may have been billed for some by now.
      if (subscription.ordinal < account.subscriptions.size - 1) attributed(account, data.at, revision);
      schedule(subscription, data);
      return;
    case 'TrialStarted':
      subscription.trial = { endsAt: data.endsAt, price: data.price ?? null };
      told(subscription, data);
      return;
    case 'TrialEnded':
      subscription.trialEnded = true;
      return;
    case 'SubscriptionPlanChanged':
    case 'SubscriptionPaused':
    case 'SubscriptionResumed':
      attributed(account, data.effectiveFrom, revision);
      changed(subscription, data, changeIn(event), revision);
      return;
    case 'SubscriptionQuantityChanged':
      changed(subscription, data, changeIn(event), revision);
      return;
    case 'SubscriptionCanceled':
      subscription.cancellation = endIn(data);
      subscription.changeIds.add(data.changeId);
      changedFrom(subscription, data.endsAt, revision);
      subscription.segments = data.timeline ?? cutOff(subscription.segments, data.endsAt);
      if (data.timeline) subscription.toldSegments = data.timeline;
      attributed(account, data.endsAt, revision);
      schedule(subscription, data);
      return;
    case 'ScheduledChangeWithdrawn':
      attributed(account, withdrawnFrom(subscription, data.changeId), revision);
      if (data.change === 'cancel') subscription.cancellation = null;
      subscription.changes = subscription.changes.filter(({ changeId }) => changeId !== data.changeId);
      subscription.changedAt = revision;
      told(subscription, data);
      return;
    case 'SubscriptionMetadataChanged':
      subscription.metadata = data.metadata;
      return;
    case 'SubscriptionEnded':
      subscription.ended = true;
      account.liveSubscriptions -= 1;
      return;
  }
};

/** Told also before facts told days of their own. */
const firstDay = ({ firstPeriod: { start, localStart } }: Fact<'SubscriptionActivated'>['data']): LocalDays => ({
  localDays: { [start]: localStart },
});

const changed = (
  subscription: Subscription,
  data: TimelineTold & { readonly changeId: string },
  change: Subscription['changes'][number],
  revision: number,
): void => {
  subscription.changes = [...subscription.changes, change];
  subscription.changeIds.add(data.changeId);
  changedFrom(subscription, change.at, revision);
  told(subscription, data);
};

const changedFrom = (subscription: Subscription, from: Instant, revision: number): void => {
  subscription.changedFrom = earliest(subscription.changedFrom, from);
  subscription.changedAt = revision;
};

const endIn = ({ changeId, endsAt, credit, finalBill }: Fact<'SubscriptionCanceled'>['data']): TimelineEnd => ({
  changeId,
  endsAt,
  credit,
  ...(finalBill === undefined ? {} : { finalBill }),
});

const told = (subscription: Subscription, data: TimelineTold): void => {
  subscription.segments = data.timeline;
  subscription.toldSegments = data.timeline;
  schedule(subscription, data);
};

const schedule = (subscription: Subscription, data: Pick<TimelineTold, 'schedule'>): void => {
  subscription.schedule = data.schedule;
  subscription.generation = data.schedule.timer?.generation ?? subscription.generation;
};

const withdrawnFrom = ({ changes, cancellation }: Subscription, changeId: string): Instant =>
  changes.find((change) => change.changeId === changeId)?.at ?? cancellation!.endsAt;

/** From an instant on, readings go to another subscription than before. */
const attributed = (account: Account, from: Instant, revision: number): void => {
  account.attributionChanges = [...account.attributionChanges, { from, revision }];
};

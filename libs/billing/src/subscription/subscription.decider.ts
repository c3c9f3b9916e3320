import type { AccountFact, SubscriptionFact, Fact, LocalDays, TimelineTold } from '#contracts';
import { isBefore, type Instant, type Recorded, type SubscriptionId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { changedMetadata } from '../account/metadata.js';
import { openProfile } from '../account/profile.decider.js';
import type { Slice } from '../account/slice.js';
import { activate } from './activation.js';
import { cancel } from './cancellation.js';
import { create, pendingSubscription } from './creation.js';
import { withDays } from './local-days.js';
import { endPause, pause, resume } from './pausing.js';
import { changePlan } from './plan-change.js';
import { earliest } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import { subscriptionOf } from './subscription-of.js';
import type { Subscription, TimelineEnd } from './subscription.js';
import { changeIn } from './timeline-change.js';
import { cutOff, timelineOf } from './timeline.js';
import { uncancel, withdraw } from './withdrawal.js';
import { endTrial } from './trial.js';

type Command<Type extends SubscriptionCommand['type']> = Extract<SubscriptionCommand, { type: Type }>;

const changeMetadata = (
  { metadata: change }: Command<'ChangeSubscription'>,
  { id: subscriptionId, metadata }: Subscription,
  account: Account,
): readonly AccountFact[] => {
  openProfile(account);
  const changed = changedMetadata(metadata, change);
  return changed ? [{ type: 'SubscriptionMetadataChanged', data: { subscriptionId, metadata: changed } }] : [];
};

const end = ({ at }: Command<'EndSubscription'>, { id, cancellation, ended }: Subscription): readonly AccountFact[] => {
  // An end that was set anew has a timer of its own.
  if (ended || cancellation === null || isBefore(at, cancellation.endsAt)) return [];
  return [{ type: 'SubscriptionEnded', data: { subscriptionId: id, at: cancellation.endsAt } }];
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
  subscription.unsettledFrom = earliest(subscription.unsettledFrom, from);
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

type OfOne = { readonly subscriptionId: SubscriptionId };

/** Decides on a subscription that is there. */
const of =
  <Command extends OfOne>(
    decide: (command: Command, subscription: Subscription, account: Account) => readonly AccountFact[],
  ) =>
  (command: Command, account: Account): readonly AccountFact[] =>
    decide(command, subscriptionOf(account, command.subscriptionId), account);

/** Changes a subscription that is there; the days that the fact tells are those of its zone. */
const to =
  <Data extends OfOne & LocalDays>(
    evolve: (subscription: Subscription, data: Data, account: Account, revision: number) => void,
  ) =>
  (account: Account, data: Data, { revision }: Recorded): void => {
    const subscription = account.subscriptions.get(data.subscriptionId)!;
    if (data.localDays) subscription.zone = withDays(subscription.zone, data);
    evolve(subscription, data, account, revision);
  };

export const subscriptionSlice: Slice<SubscriptionCommand, SubscriptionFact> = {
  decide: {
    CreateSubscription: create,
    ChangeSubscription: of(changeMetadata),
    ActivateSubscription: of(activate),
    ChangePlan: of(changePlan),
    PauseSubscription: of(pause),
    ResumeSubscription: of(resume),
    CancelSubscription: of(cancel),
    UncancelSubscription: of(uncancel),
    WithdrawScheduledChange: of(withdraw),
    EndPause: of(endPause),
    EndTrial: of(endTrial),
    EndSubscription: of(end),
  },
  evolve: {
    SubscriptionCreated(account, data) {
      account.subscriptions.set(data.subscriptionId, pendingSubscription(data, account.subscriptions.size));
      account.liveSubscriptions += 1;
    },
    SubscriptionActivated: to((subscription, data, account, revision) => {
      subscription.activatedAt = data.at;
      subscription.zone = withDays(subscription.zone, firstDay(data));
      subscription.segments = timelineOf(subscription, subscription.cancellation?.endsAt ?? null, []);
      // It takes readings before those that were created after it: they may have been billed for some by now.
      if (subscription.ordinal < account.subscriptions.size - 1) attributed(account, data.at, revision);
      schedule(subscription, data);
    }),
    TrialStarted: to((subscription, data) => {
      subscription.trial = { endsAt: data.endsAt, price: data.price ?? null };
      told(subscription, data);
    }),
    TrialEnded: to((subscription) => {
      subscription.trialEnded = true;
    }),
    SubscriptionPlanChanged: to((subscription, data, account, revision) => {
      attributed(account, data.effectiveFrom, revision);
      changed(subscription, data, changeIn({ type: 'SubscriptionPlanChanged', data }), revision);
    }),
    SubscriptionQuantityChanged: to((subscription, data, _account, revision) =>
      changed(subscription, data, changeIn({ type: 'SubscriptionQuantityChanged', data }), revision),
    ),
    SubscriptionPaused: to((subscription, data, account, revision) => {
      attributed(account, data.effectiveFrom, revision);
      changed(subscription, data, changeIn({ type: 'SubscriptionPaused', data }), revision);
    }),
    SubscriptionResumed: to((subscription, data, account, revision) => {
      attributed(account, data.effectiveFrom, revision);
      changed(subscription, data, changeIn({ type: 'SubscriptionResumed', data }), revision);
    }),
    SubscriptionCanceled: to((subscription, data, account, revision) => {
      subscription.cancellation = endIn(data);
      subscription.changeIds.add(data.changeId);
      changedFrom(subscription, data.endsAt, revision);
      subscription.segments = data.timeline ?? cutOff(subscription.segments, data.endsAt);
      if (data.timeline) subscription.toldSegments = data.timeline;
      attributed(account, data.endsAt, revision);
      schedule(subscription, data);
    }),
    ScheduledChangeWithdrawn: to((subscription, data, account, revision) => {
      const from = withdrawnFrom(subscription, data.changeId);
      attributed(account, from, revision);
      subscription.unsettledFrom = earliest(subscription.unsettledFrom, from);
      if (data.change === 'cancel') subscription.cancellation = null;
      subscription.changes = subscription.changes.filter(({ changeId }) => changeId !== data.changeId);
      subscription.changedAt = revision;
      told(subscription, data);
    }),
    SubscriptionMetadataChanged: to((subscription, { metadata }) => {
      subscription.metadata = metadata;
    }),
    SubscriptionEnded: to((subscription, _data, account) => {
      subscription.ended = true;
      account.liveSubscriptions -= 1;
    }),
  },
};

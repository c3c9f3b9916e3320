import {
  DomainError,
  earlier,
  isBefore,
  isDecimal,
  later,
  localDateOf,
  notFound,
  refuse,
  refuseAt,
  type Anchor,
  type Instant,
  type Recorded,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion } from '../catalog/catalog.decider.js';
import type { PlanVersion } from '../catalog/plan.js';
import { cancel } from './cancellation.js';
import { servedPeriods } from './charge-periods.js';
import { recurringTerms } from './recurring-terms.js';
import { scheduleFrom } from './schedule.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Quantities, SubscriptionActivated, SubscriptionEvent } from './subscription.events.js';
import { cutTimeline, type Segment, type Subscription } from './subscription.js';

const SUBSCRIPTIONS_MAX = 5_000;

type Command<Type extends SubscriptionCommand['type']> = Extract<SubscriptionCommand, { type: Type }>;

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

const create = (command: Command<'CreateSubscription'>, account: Account): readonly SubscriptionEvent[] => {
  const profile = openProfile(account);
  if (account.subscriptions.has(command.subscriptionId)) {
    // Without an external id, the id comes from the command itself: it is the same request, come again.
    if (command.externalIdHash === undefined) return [];
    return refuseAt(
      '/externalId',
      'subscription_already_exists',
      'There is a subscription with this external id already.',
      'conflict',
    );
  }
  const { catalog, now, quantities, activation } = command;
  if (account.liveSubscriptions >= SUBSCRIPTIONS_MAX) {
    return refuse('too_many_subscriptions', `An account has at most ${SUBSCRIPTIONS_MAX} live subscriptions.`);
  }
  const plan = planVersion(catalog, command.plan, command.planVersion);
  if (catalog.plans.get(plan.key)!.archived)
    return refuseAt('/plan', 'plan_archived', `Plan “${plan.key}” is archived.`);
  if (plan.currency !== profile.currency) {
    return refuseAt(
      '/plan',
      'currency_mismatch',
      `The plan is in ${plan.currency}, the account in ${profile.currency}.`,
    );
  }
  refuseQuantities(quantities, plan);
  const startAt = command.startAt ?? now;
  const ahead = activation === 'automatic' && isBefore(now, startAt);
  const anchor = resolvedAnchor(command.anchor, account);
  const created: SubscriptionEvent = {
    type: 'SubscriptionCreated',
    data: {
      subscriptionId: command.subscriptionId,
      ...(command.externalIdHash === undefined ? {} : { externalIdHash: command.externalIdHash }),
      ...(command.personal === undefined ? {} : { personal: command.personal }),
      plan: plan.key,
      planVersion: plan.version,
      contentHash: plan.contentHash,
      startAt,
      anchor,
      timeZone: profile.timeZone,
      activation,
      quantities,
      ...(ahead ? { timer: { key: `activate:${command.subscriptionId}`, dueAt: startAt, generation: 1 } } : {}),
    },
  };
  if (activation === 'manual' || ahead) return [created];
  return [created, activated(pendingSubscription(created.data, account.subscriptions.size), startAt, command)];
};

/** What `SubscriptionCreated` folds to. */
export const pendingSubscription = (
  data: Extract<SubscriptionEvent, { type: 'SubscriptionCreated' }>['data'],
  ordinal: number,
): Subscription => ({
  id: data.subscriptionId,
  ordinal,
  externalIdHash: data.externalIdHash ?? null,
  personal: data.personal ?? null,
  plan: data.plan,
  planVersion: data.planVersion,
  startAt: data.startAt,
  anchor: data.anchor,
  timeZone: data.timeZone,
  activation: data.activation,
  quantities: data.quantities,
  activatedAt: null,
  segments: [],
  cancellation: null,
  ended: false,
  through: new Map(),
  schedule: { nextBillAt: null, timer: null },
  generation: 0,
});

const activate = (
  command: Command<'ActivateSubscription'>,
  subscription: Subscription,
): readonly SubscriptionEvent[] => {
  if (subscription.activatedAt !== null) return [];
  const at = command.at ?? later(subscription.startAt, command.now);
  if (subscription.cancellation && !isBefore(at, subscription.cancellation.endsAt)) {
    return refuse('subscription_canceled', 'The subscription was canceled before it began.');
  }
  // What begins when it was meant to is not back-dated, however late its timer fires.
  const asMeant = subscription.activation === 'automatic' && at === subscription.startAt;
  return [activated(subscription, at, asMeant ? { ...command, now: earlier(at, command.now) } : command)];
};

const activated = (
  subscription: Subscription,
  at: Instant,
  { catalog, now }: Pick<Command<'ActivateSubscription'>, 'catalog' | 'now'>,
): SubscriptionActivated => {
  const plan = planVersion(catalog, subscription.plan, subscription.planVersion);
  const segment = firstSegment(subscription, at);
  const started = { ...subscription, segments: [segment] };
  const [first] = servedPeriods(started, segment, plan.interval);
  const { start, end, localStart, localEnd } = first!.service;
  return {
    type: 'SubscriptionActivated',
    data: {
      subscriptionId: subscription.id,
      at,
      ...(segment.to === null ? {} : { endsAt: segment.to }),
      firstPeriod: { start, end, localStart, localEnd },
      currency: plan.currency,
      recurring: recurringTerms(plan, subscription.quantities),
      schedule: scheduleFrom(started, catalog, now),
    },
  };
};

/** The terms of creation, from activation to where an earlier cancellation ends them. */
const firstSegment = (
  { plan, planVersion: version, quantities, cancellation }: Subscription,
  from: Instant,
): Segment => ({
  from,
  to: cancellation?.endsAt ?? null,
  plan,
  planVersion: version,
  quantities,
});

/** `account` takes the rhythm of the account's first subscription. */
const resolvedAnchor = ({ align, day }: Command<'CreateSubscription'>['anchor'], account: Account): Anchor => {
  if (align !== 'account') return day === undefined ? { align } : { align, day };
  const [first] = account.subscriptions.values();
  if (!first) return day === undefined ? { align: 'subscription' } : { align: 'subscription', day };
  if (first.anchor.align === 'calendar') return first.anchor;
  return {
    align: 'subscription',
    day: first.anchor.day ?? Number(localDateOf(first.startAt, first.timeZone).slice(8)),
  };
};

const refuseQuantities = (quantities: Quantities, plan: PlanVersion): void => {
  const violations = Object.entries(quantities).flatMap(([key, quantity]) => {
    const pointer = `/quantities/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const charge = plan.charges.find((candidate) => candidate.key === key);
    if (!charge || charge.kind === 'usage') {
      return [
        {
          pointer,
          code: 'charge_not_found',
          message: `The plan has no charge “${key.slice(0, 128)}” that takes a quantity.`,
        },
      ];
    }
    return isDecimal(quantity) && !quantity.startsWith('-')
      ? []
      : [{ pointer, code: 'invalid_decimal', message: 'A quantity is a plain decimal, not below zero.' }];
  });
  const [first] = violations;
  if (first) throw new DomainError(first.code, first.message, 'refused', violations);
};

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

import type { DiscountFact, SubscriptionFact, Fact } from '#contracts';
import { isBefore, localDateOf, refuse, refuseAt, zoneOf, type Anchor } from '#kernel';
import type { Account } from '../account/account.state.js';
import { refuseErased } from '../account/erasure.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion } from '../catalog/catalog.decider.js';
import { createdWith } from '../discount/discount-beginnings.js';
import { begun } from './activation.js';
import { localDaysOf, withDays } from './local-days.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { refuseTerms } from './terms-violations.js';
import { trialOf } from './trial.js';
import { timerOf } from '../timer/timer.js';

type CreateSubscription = Extract<SubscriptionCommand, { type: 'CreateSubscription' }>;

const SUBSCRIPTIONS_MAX = 5_000;

/** Gives an account a plan. What begins at once is activated in the same append. */
export const create = (command: CreateSubscription, account: Account): readonly (SubscriptionFact | DiscountFact)[] => {
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
  if (command.personal !== undefined) refuseErased(account);
  const { catalog, now, quantities, overrides, activation } = command;
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
  refuseTerms({ quantities, overrides }, plan);
  const trial = trialOf(command.trial, plan);
  const startAt = command.startAt ?? now;
  const ahead = activation === 'automatic' && isBefore(now, startAt);
  const anchor = resolvedAnchor(command.anchor, account);
  const created: SubscriptionFact = {
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
      ...localDaysOf(zoneOf(profile.timeZone), [startAt]),
      activation,
      quantities,
      ...(Object.keys(overrides).length === 0 ? {} : { overrides }),
      ...(trial === undefined ? {} : { trial }),
      ...(command.billedThrough === undefined ? {} : { billedThrough: command.billedThrough }),
      ...(command.metadata === undefined ? {} : { metadata: command.metadata }),
      ...(ahead ? { timer: timerOf('activate', command.subscriptionId, startAt) } : {}),
    },
  };
  const pending = pendingSubscription(created.data, account.subscriptions.size);
  const { facts, subscription } = createdWith(command.discounts ?? [], pending, account, { ...command, now: startAt });
  if (activation === 'manual' || ahead) return [created, ...facts];
  return [created, ...facts, ...begun(subscription, startAt, account, command)];
};

/** What `SubscriptionCreated` folds to. */
export const pendingSubscription = (data: Fact<'SubscriptionCreated'>['data'], ordinal: number): Subscription => ({
  id: data.subscriptionId,
  ordinal,
  externalIdHash: data.externalIdHash ?? null,
  personal: data.personal ?? null,
  terms: {
    plan: data.plan,
    planVersion: data.planVersion,
    quantities: data.quantities,
    overrides: data.overrides ?? {},
  },
  startAt: data.startAt,
  anchor: data.anchor,
  timeZone: data.timeZone,
  zone: withDays(zoneOf(data.timeZone), data),
  activation: data.activation,
  metadata: data.metadata ?? {},
  activatedAt: null,
  trialTerms: data.trial ?? null,
  billedThrough: data.billedThrough ?? null,
  trial: null,
  trialEnded: false,
  segments: [],
  toldSegments: [],
  changes: [],
  changeIds: new Set(),
  changedFrom: null,
  changedAt: -1,
  unsettledFrom: null,
  cancellation: null,
  discounts: [],
  ended: false,
  through: new Map(),
  billedApart: new Map(),
  schedule: { nextBillAt: null, timer: null },
  generation: 0,
});

/** `account` takes the rhythm of the account's first subscription. */
const resolvedAnchor = ({ align, day }: CreateSubscription['anchor'], account: Account): Anchor => {
  if (align !== 'account') return day === undefined ? { align } : { align, day };
  const [first] = account.subscriptions.values();
  if (!first) return day === undefined ? { align: 'subscription' } : { align: 'subscription', day };
  if (first.anchor.align === 'calendar') return first.anchor;
  return {
    align: 'subscription',
    day: first.anchor.day ?? Number(localDateOf(first.startAt, first.zone).slice(8)),
  };
};

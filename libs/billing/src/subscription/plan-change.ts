import type {
  SubscriptionFact,
  Terms,
  PlanVersion,
  TermsDelta,
  OverridesChange,
  Overrides,
  Quantities,
  Segment,
} from '#contracts';
import { isBefore, refuse, refuseAt, type Instant } from '#kernel';
import { isSameAgreement, type PriceOverride } from '#rating';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { inRhythmOf, servedPeriods } from './charge-periods.js';
import { changedTerms, composedTerms } from './composed-terms.js';
import { planOf } from './charge-stretches.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { refuseRemovals, refuseTerms, termsViolations } from './terms-violations.js';
import { changeInstant, optionsOf, timelineTold } from './timeline-change.js';
import { segmentAt, type TermsChange, type TermsFrom } from './timeline.js';

type ChangePlan = Extract<SubscriptionCommand, { type: 'ChangePlan' }>;

/** Another plan, version, number of units or agreed price from an instant on; what counts later is folded over it. */
export const changePlan = (
  command: ChangePlan,
  subscription: Subscription,
  account: Account,
): readonly SubscriptionFact[] => {
  const { changeId, catalog } = command;
  const options = optionsOf(command);
  if (subscription.changeIds.has(changeId)) return [];
  const at = changeInstant(command.at, subscription, command);
  const from: Terms = termsOf(segmentAt(subscription.segments, at)!);
  const plan = targetPlan(command, from, account);
  const sets = namedTerms(command, plan);
  const to = changedTerms(from, sets, catalog);
  refuseRemovals(sets, plan);
  refuseTerms(to, plan);
  const kind = from.plan === to.plan && from.planVersion === to.planVersion ? 'quantity' : 'plan';
  const isNothing =
    kind === 'quantity' &&
    isSame(from.quantities, to.quantities) &&
    isSameAgreement(agreedIn(from.overrides), agreedIn(to.overrides));
  if (isNothing && options.billingCycle === undefined && options.allowances === undefined) {
    return refuse('nothing_changes', 'The subscription has this plan, these quantities and these prices by then.');
  }
  const change: TermsChange = { kind, changeId, at, sets, ...options };
  const changes = [...subscription.changes, change];
  const told = timelineTold(subscription, { changeId, changes }, account, command, [at]);
  const { newCycle } = refuseContradictions(change, { ...subscription, changes, segments: told.timeline }, command);
  const { subscriptionId, ...rest } = told;
  const common = { subscriptionId, changeId, effectiveFrom: at };
  if (kind === 'quantity') {
    return [{ type: 'SubscriptionQuantityChanged', data: { ...common, from, to, sets, ...options, ...rest } }];
  }
  const terms = { from, to: { ...to, contentHash: plan.contentHash }, sets };
  return [{ type: 'SubscriptionPlanChanged', data: { ...common, ...terms, newCycle, ...options, ...rest } }];
};

export const termsOf = ({ plan, planVersion: version, quantities, overrides }: Terms): Terms => ({
  plan,
  planVersion: version,
  quantities,
  overrides,
});

const targetPlan = (
  { plan: key, planVersion: version, catalog }: ChangePlan,
  from: Terms,
  account: Account,
): PlanVersion => {
  const stays = key === undefined && version === undefined;
  const plan = planVersion(catalog, key ?? from.plan, stays ? from.planVersion : version);
  if (!stays && catalog.plans.get(plan.key)!.archived) {
    return refuseAt('/plan', 'plan_archived', `Plan “${plan.key}” is archived.`);
  }
  const { currency } = openProfile(account);
  if (plan.currency !== currency) {
    return refuseAt('/plan', 'currency_mismatch', `The plan is in ${plan.currency}, the account in ${currency}.`);
  }
  return plan;
};

const namedTerms = (
  { plan: key, planVersion: version, quantities, overrides = {} }: ChangePlan,
  plan: PlanVersion,
): TermsDelta => ({
  ...(key === undefined && version === undefined ? {} : { plan: plan.key, planVersion: plan.version }),
  ...(Object.keys(quantities).length === 0 ? {} : { quantities }),
  ...(Object.keys(overrides).length === 0 ? {} : { overrides: withRemovals(overrides) }),
});

/** What says nothing of a price takes back what was agreed of it, as null does: not every door has null. */
const withRemovals = (overrides: OverridesChange): OverridesChange =>
  Object.fromEntries(
    Object.entries(overrides).map(([key, override]) => [
      key,
      override === null || saysNothing(override) ? null : override,
    ]),
  );

/** What of agreed prices says something. */
const agreedIn = (overrides: Overrides): Overrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, override]) => !saysNothing(override)));

const saysNothing = (override: PriceOverride): boolean =>
  Object.values(override).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));

const isSame = (left: Quantities, right: Quantities): boolean =>
  Object.keys({ ...left, ...right }).every((key) => (left[key] ?? '1') === (right[key] ?? '1'));

/** Looks at a change, and at all that count after it, on the timeline that it makes. Answers what it makes of the terms. */
const refuseContradictions = (
  change: TermsChange,
  changed: Subscription,
  { catalog, now }: Pick<ChangePlan, 'catalog' | 'now'>,
): TermsFrom => {
  const composed = composedTerms(changed.terms, changed.changes, catalog);
  const index = composed.findIndex((one) => one.change === change);
  const made = composed[index]!;
  if (change.proration === 'full_difference' && isBefore(now, change.at) && isWithinPeriod(made.at, changed, catalog)) {
    return refuseAt(
      '/proration',
      'full_difference_ahead',
      'A full difference is made now, in the past, or as a period begins.',
    );
  }
  if (isUnprorated(made, changed, catalog)) {
    return refuseAt(
      '/proration',
      'proration_required',
      'Another interval in the middle of a period has to be prorated.',
    );
  }
  refuseImpossible(composed.slice(index + 1), changed, catalog);
  return made;
};

/** What was promised for later has to stay possible. @throws DomainError `later_change_exists` */
export const refuseImpossible = (
  later: readonly TermsFrom[],
  changed: Pick<Subscription, 'segments' | 'anchor' | 'zone'>,
  catalog: Catalog,
): void => {
  for (const promised of later) {
    const { at, terms, change } = promised;
    const [violation] =
      'whole' in change.sets ? [] : termsViolations(terms, planVersion(catalog, terms.plan, terms.planVersion));
    const why = violation?.message ?? (isUnprorated(promised, changed, catalog) ? UNPRORATED : undefined);
    if (why !== undefined) {
      refuse(
        'later_change_exists',
        `The change that counts from ${at} does not go with it: withdraw that first. ${why}`,
      );
    }
  }
};

const UNPRORATED = 'Its interval would begin in the middle of a period, and it is not prorated.';

const isUnprorated = (
  { at, newCycle, change: { proration } }: TermsFrom,
  timeline: Pick<Subscription, 'segments' | 'anchor' | 'zone'>,
  catalog: Catalog,
): boolean => {
  return newCycle && proration === 'none' && isWithinPeriod(at, timeline, catalog);
};

const isWithinPeriod = (
  at: Instant,
  timeline: Pick<Subscription, 'segments' | 'anchor' | 'zone'>,
  catalog: Catalog,
): boolean => {
  const before = timeline.segments.findLast(({ from }) => isBefore(from, at));
  return before !== undefined && !isTurn(at, before, timeline, catalog);
};

const isTurn = (
  at: TermsFrom['at'],
  before: Segment,
  timeline: Pick<Subscription, 'anchor' | 'zone'>,
  catalog: Catalog,
): boolean => {
  const { status, cycleFrom } = before;
  if (status === 'trialing') return true;
  const { interval } = planOf(before, catalog);
  const [period] = servedPeriods(inRhythmOf(before, timeline), { from: cycleFrom, to: null, cycleFrom }, interval, at);
  return period!.service.start === at;
};

import { isBefore, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { PlanVersion } from '../catalog/plan.js';
import { servedPeriods } from './charge-periods.js';
import { planOf } from './stretches.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { SubscriptionEvent } from './subscription.events.js';
import type { Subscription } from './subscription.js';
import { refuseTerms } from './terms-violations.js';
import type { Overrides, Quantities, Terms } from './terms.js';
import { changeInstant, timelineTold } from './timeline-change.js';
import { isTermsChange, segmentAt, type Segment, type TermsChange } from './timeline.js';

type ChangePlan = Extract<SubscriptionCommand, { type: 'ChangePlan' }>;

/** Another plan, version or number of units from an instant on. Another interval begins periods of its own. */
export const changePlan = (
  command: ChangePlan,
  subscription: Subscription,
  account: Account,
): readonly SubscriptionEvent[] => {
  const { changeId, proration, catalog } = command;
  if (subscription.changeIds.has(changeId)) return [];
  const at = changeInstant(command.at, subscription, command);
  const later = subscription.changes.findLast(isTermsChange);
  if (later && isBefore(at, later.at))
    return refuseAt('/at', 'later_change_exists', `Another change counts from ${later.at}.`);
  const segment = segmentAt(subscription.segments, at)!;
  const from: Terms = termsOf(segment);
  const plan = targetPlan(command, from, account);
  const to = targetTerms(command, from, plan);
  refuseTerms(to, plan);
  const kind = from.plan === to.plan && from.planVersion === to.planVersion ? 'quantity' : 'plan';
  if (kind === 'quantity' && isSame(from.quantities, to.quantities)) {
    return refuse('nothing_changes', 'The subscription has this plan and these quantities by then.');
  }
  const newCycle = isNewCycle(planOf(segment, catalog), plan);
  if (newCycle && proration === 'none' && !isTurn(at, subscription, segment, catalog)) {
    return refuseAt(
      '/proration',
      'proration_required',
      'Another interval in the middle of a period has to be prorated.',
    );
  }
  const change: TermsChange = { kind, changeId, at, terms: to, newCycle, proration };
  const told = timelineTold(subscription, { changeId, changes: [...subscription.changes, change] }, account, command);
  const { subscriptionId, ...rest } = told;
  const common = { subscriptionId, changeId, effectiveFrom: at };
  if (kind === 'quantity') {
    return [{ type: 'SubscriptionQuantityChanged', data: { ...common, from, to, proration, ...rest } }];
  }
  const terms = { from, to: { ...to, contentHash: plan.contentHash } };
  return [{ type: 'SubscriptionPlanChanged', data: { ...common, ...terms, newCycle, proration, ...rest } }];
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

/** Units stay where the plan has the charge, prices that were agreed as long as the plan is the same. */
const targetTerms = ({ quantities }: ChangePlan, from: Terms, plan: PlanVersion): Terms => {
  const counted = plan.charges.filter(({ kind }) => kind !== 'usage').map(({ key }) => key);
  return {
    plan: plan.key,
    planVersion: plan.version,
    quantities: { ...only(from.quantities, counted), ...quantities },
    overrides:
      plan.key === from.plan
        ? only<Overrides>(
            from.overrides,
            plan.charges.map(({ key }) => key),
          )
        : {},
  };
};

const only = <Known extends Readonly<Record<string, unknown>>>(known: Known, keys: readonly string[]): Known =>
  Object.fromEntries(Object.entries(known).filter(([key]) => keys.includes(key))) as Known;

const isSame = (left: Quantities, right: Quantities): boolean =>
  Object.keys({ ...left, ...right }).every((key) => (left[key] ?? '1') === (right[key] ?? '1'));

const isNewCycle = ({ interval: left }: PlanVersion, { interval: right }: PlanVersion): boolean =>
  left.unit !== right.unit || left.count !== right.count;

const isTurn = (at: Instant, subscription: Subscription, { cycleFrom, status }: Segment, catalog: Catalog): boolean => {
  if (status === 'trialing') return true;
  const interval = planOf(segmentAt(subscription.segments, at)!, catalog).interval;
  const [period] = servedPeriods(subscription, { from: subscription.activatedAt!, to: null, cycleFrom }, interval, at);
  return period!.service.start === at;
};

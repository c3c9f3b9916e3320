import type { Terms, Segment, PlanVersion, Overrides, OverridesChange, TermsDelta } from '#contracts';
import { isBefore, type Instant } from '#kernel';
import type { PriceOverride } from '#rating';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import {
  isTermsChange,
  timelineOf,
  type TermsChange,
  type TermsFrom,
  type TimelineChange,
  type TimelineFacts,
} from './timeline.js';

/** What each change makes of the terms, in the order in which they count; at one moment, in that in which they were asked for. */
export const composedTerms = (
  first: Terms,
  changes: readonly TimelineChange[],
  catalog: Catalog,
): readonly TermsFrom[] => {
  let before = first;
  return changes
    .filter(isTermsChange)
    .sort((left, right) => (left.at === right.at ? 0 : isBefore(left.at, right.at) ? -1 : 1))
    .map((change) => {
      const terms = changedTerms(before, change.sets, catalog);
      const restarts = change.billingCycle !== undefined;
      const newCycle = restarts || hasOtherPeriods(planIn(before, catalog), planIn(terms, catalog));
      before = terms;
      return { change, at: change.at, terms, newCycle };
    });
};

/** The segments that follow from everything that was decided, up to an end. */
export const composedTimeline = (facts: TimelineFacts, end: Instant | null, catalog: Catalog): Segment[] =>
  timelineOf(facts, end, composedTerms(facts.terms, facts.changes, catalog));

/** Units stay where the plan has the charge, prices that were agreed as long as the plan is the same. */
export const changedTerms = (before: Terms, sets: TermsChange['sets'], catalog: Catalog): Terms => {
  if ('whole' in sets) return sets.whole;
  const plan = planIn(named(before, sets), catalog);
  const counted = plan.charges.filter(({ kind }) => kind !== 'usage').map(({ key }) => key);
  return {
    plan: plan.key,
    planVersion: plan.version,
    quantities: { ...only(before.quantities, counted), ...sets.quantities },
    overrides: withOverrides(keptOverrides(before, plan), sets.overrides ?? {}),
  };
};

const keptOverrides = ({ plan: key, overrides }: Terms, plan: PlanVersion): Overrides =>
  plan.key === key
    ? only(
        overrides,
        plan.charges.map((charge) => charge.key),
      )
    : {};

const withOverrides = (before: Overrides, change: OverridesChange): Overrides =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter((entry): entry is [string, PriceOverride] => entry[1] !== null),
  );

const named = (before: Terms, { plan, planVersion: version }: TermsDelta): Pick<Terms, 'plan' | 'planVersion'> =>
  plan === undefined || version === undefined ? before : { plan, planVersion: version };

const planIn = ({ plan, planVersion: version }: Pick<Terms, 'plan' | 'planVersion'>, catalog: Catalog): PlanVersion =>
  planVersion(catalog, plan, version);

const only = <Known extends Readonly<Record<string, unknown>>>(known: Known, keys: readonly string[]): Known =>
  Object.fromEntries(Object.entries(known).filter(([key]) => keys.includes(key))) as Known;

const hasOtherPeriods = ({ interval: left }: PlanVersion, { interval: right }: PlanVersion): boolean =>
  left.unit !== right.unit || left.count !== right.count;

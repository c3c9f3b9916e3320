import type { Segment, RecurringChange, RecurringTerm } from '#contracts';
import { isBefore, localDateOf, startOfDay, type Instant } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import { isInWindow } from '../discount/applied-discount.js';
import { discountedTerms } from '../discount/recurring-discounts.js';
import { planOf } from './charge-stretches.js';
import type { Subscription } from './subscription.js';
import { recurringTerms } from './terms.js';

/** What recurs over a stretch of time. */
export interface RecurringStretch {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly terms: readonly RecurringTerm[];
}

/** How one course of what recurs in place of another changes it, instant by instant. A trial and a pause count for nothing. */
export const recurringChanges = (
  before: readonly RecurringStretch[],
  after: readonly RecurringStretch[],
): RecurringChange[] => {
  const instants = [...new Set([...before, ...after].flatMap(({ from, to }) => (to === null ? [from] : [from, to])))];
  return instants
    .sort((left, right) => (isBefore(left, right) ? -1 : 1))
    .map((at) => {
      const begun = [...recurringFrom(after, at), ...recurringTo(before, at)];
      const ceased = [...recurringTo(after, at), ...recurringFrom(before, at)];
      return { at, begun: without(begun, ceased), ceased: without(ceased, begun) };
    })
    .filter(({ begun, ceased }) => begun.length + ceased.length > 0);
};

/** Segments as they recur, with what discounts leave of them while these count. */
export const recurringStretches = (
  segments: readonly Segment[],
  { discounts, zone }: Pick<Subscription, 'discounts' | 'zone'>,
  catalog: Catalog,
): RecurringStretch[] => {
  const recurring = discounts.filter(({ terms, window }) => terms.duration !== 'once' && window !== null);
  const turns = recurring
    .flatMap(({ window }) => [window!.from, ...(window!.until === null ? [] : [window!.until])])
    .map((day) => startOfDay(day, zone))
    .sort((left, right) => (isBefore(left, right) ? -1 : 1));
  return segments
    .filter(({ status }) => status === 'active')
    .flatMap((segment) => {
      const { from, to } = segment;
      const cuts = turns.filter((at) => isBefore(from, at) && (to === null || isBefore(at, to)));
      const terms = recurringIn(segment, catalog);
      return [...new Set([from, ...cuts])].map((start, index, starts) => {
        const end = starts[index + 1] ?? to;
        const day = localDateOf(start, zone);
        const counting = recurring.filter((one) => isInWindow(one, { start: day }));
        return { from: start, to: end, terms: discountedTerms(terms, planOf(segment, catalog), counting) };
      });
    });
};

/** What recurs from an instant on. */
const recurringFrom = (stretches: readonly RecurringStretch[], at: Instant): RecurringTerm[] =>
  stretches.flatMap(({ from, terms }) => (from === at ? terms : []));

/** What recurred up to an instant. */
const recurringTo = (stretches: readonly RecurringStretch[], at: Instant): RecurringTerm[] =>
  stretches.flatMap(({ to, terms }) => (to === at ? terms : []));

export const recurringIn = (segment: Segment, catalog: Catalog): RecurringTerm[] =>
  segment.status === 'active' ? recurringTerms(planOf(segment, catalog), segment) : [];

/** Less what is in both, each as often as it is there. */
const without = (terms: readonly RecurringTerm[], others: readonly RecurringTerm[]): RecurringTerm[] => {
  const left = others.map((term) => JSON.stringify(term));
  return terms.filter((term) => {
    const index = left.indexOf(JSON.stringify(term));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};

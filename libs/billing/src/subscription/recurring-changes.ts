import type { Segment, RecurringChange, RecurringTerm } from '#contracts';
import type { Instant } from '#kernel';
import { isBefore } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import { planOf } from './charge-stretches.js';
import { recurringTerms } from './terms.js';

/** How one timeline in place of another changes what recurs, instant by instant. A trial and a pause count for nothing. */
export const recurringChanges = (
  before: readonly Segment[],
  after: readonly Segment[],
  catalog: Catalog,
): RecurringChange[] => {
  const instants = [...new Set([...before, ...after].flatMap(({ from, to }) => (to === null ? [from] : [from, to])))];
  return instants
    .sort((left, right) => (isBefore(left, right) ? -1 : 1))
    .map((at) => {
      const begun = [...recurringFrom(after, at, catalog), ...recurringTo(before, at, catalog)];
      const ceased = [...recurringTo(after, at, catalog), ...recurringFrom(before, at, catalog)];
      return { at, begun: without(begun, ceased), ceased: without(ceased, begun) };
    })
    .filter(({ begun, ceased }) => begun.length + ceased.length > 0);
};

/** What recurs from an instant on. */
const recurringFrom = (segments: readonly Segment[], at: Instant, catalog: Catalog): RecurringTerm[] =>
  segments.flatMap((segment) => (segment.from === at ? recurringIn(segment, catalog) : []));

/** What recurred up to an instant. */
const recurringTo = (segments: readonly Segment[], at: Instant, catalog: Catalog): RecurringTerm[] =>
  segments.flatMap((segment) => (segment.to === at ? recurringIn(segment, catalog) : []));

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

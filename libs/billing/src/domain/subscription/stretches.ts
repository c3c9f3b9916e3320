import {
  isBefore,
  later,
  localDateOf,
  periodContaining,
  rhythmFrom,
  startOfDay,
  type Instant,
  type Interval,
} from '#kernel';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeInterval, type Charge, type PlanVersion } from '../catalog/plan.js';
import type { Subscription } from './subscription.js';
import type { Segment } from './timeline.js';
import { trialCharge } from './trial-charge.js';

/** Where a charge is served on terms that stay the same for it. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly segment: Segment;
  readonly plan: PlanVersion;
  readonly charge: Charge;
}

type Timeline = Pick<Subscription, 'segments' | 'anchor' | 'timeZone'>;

export const planOf = ({ plan, planVersion: version }: Segment, catalog: Catalog): PlanVersion =>
  planVersion(catalog, plan, version);

/** What a segment charges for: all of its plan, the price of its trial, or nothing. */
export const chargesIn = (segment: Segment, plan: PlanVersion): readonly Charge[] => {
  switch (segment.status) {
    case 'active':
      return plan.charges;
    case 'trialing':
      return segment.trialPrice === undefined ? [] : [trialCharge(segment.trialPrice)];
    case 'paused':
      return [];
  }
};

export const chargeKeysOf = ({ segments }: Timeline, catalog: Catalog): ReadonlySet<string> =>
  new Set(segments.flatMap((segment) => chargesIn(segment, planOf(segment, catalog)).map(({ key }) => key)));

/**
 * One charge along the timeline, in order and without overlap. What recurs and is not prorated (by its own policy, or where it is paid
 * in advance, by that of the change) goes over into other terms, into a pause and out of it with its next period.
 */
export const stretchesOf = (timeline: Timeline, key: string, catalog: Catalog): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  let before: Segment | undefined;
  for (const segment of timeline.segments) {
    const plan = planOf(segment, catalog);
    const charge = chargesIn(segment, plan).find((one) => one.key === key);
    const last = stretches.at(-1);
    let from = segment.from;
    if (last && last.to !== null) {
      // Served up to here, or beyond by a boundary before.
      const to = last.to === segment.from ? leftAt(timeline, last, segment) : last.to;
      if (charge && to === segment.from && goesOn(last, segment)) {
        stretches[stretches.length - 1] = { ...last, to: segment.to };
        before = segment;
        continue;
      }
      stretches[stretches.length - 1] = { ...last, to };
      from = later(from, to);
    }
    if (charge && before && last?.to !== segment.from)
      from = later(from, joinedAt(timeline, before, segment, charge, catalog));
    if (charge && (segment.to === null || isBefore(from, segment.to))) {
      const joins = last && stretches.at(-1)!.to === from && goesOn(last, segment);
      if (joins) stretches[stretches.length - 1] = { ...stretches.at(-1)!, to: segment.to };
      else stretches.push({ from, to: segment.to, segment, plan, charge });
    }
    before = segment;
  }
  return stretches;
};

/** Where the terms of a stretch end although its segment ends at a boundary: there, or with the period that it lies in. */
const leftAt = (
  timeline: Timeline,
  { plan, charge, segment: left }: Stretch,
  { from, entered, cycleFrom }: Segment,
): Instant => {
  const whole = charge.proration === 'none' || (entered === 'none' && charge.timing === 'in_advance');
  if (charge.kind !== 'recurring' || !whole || left.cycleFrom !== cycleFrom) return from;
  return turnFrom(timeline, left, chargeInterval(plan, charge), from);
};

/** Where a charge begins that the segment before did not have. */
const joinedAt = (
  timeline: Timeline,
  before: Segment,
  { from, entered, cycleFrom }: Segment,
  { kind, timing }: Charge,
  catalog: Catalog,
): Instant => {
  const waits = kind === 'recurring' && timing === 'in_advance' && entered === 'none' && before.cycleFrom === cycleFrom;
  return waits ? turnFrom(timeline, before, planOf(before, catalog).interval, from) : from;
};

/** The first turn of a segment's periods that is not before an instant. */
const turnFrom = ({ anchor, timeZone }: Timeline, { cycleFrom }: Segment, interval: Interval, at: Instant): Instant => {
  const { start, end } = periodContaining(
    rhythmFrom(localDateOf(cycleFrom, timeZone), interval, anchor),
    localDateOf(at, timeZone),
  );
  return startOfDay(start, timeZone) === at ? at : startOfDay(end, timeZone);
};

/** Whether nothing of a charge changes from one segment to the next. */
const goesOn = ({ segment: left, charge }: Stretch, right: Segment): boolean =>
  left.status === right.status &&
  left.plan === right.plan &&
  left.planVersion === right.planVersion &&
  left.cycleFrom === right.cycleFrom &&
  JSON.stringify(left.overrides[charge.key]) === JSON.stringify(right.overrides[charge.key]) &&
  (charge.kind !== 'recurring' || left.quantities[charge.key] === right.quantities[charge.key]);

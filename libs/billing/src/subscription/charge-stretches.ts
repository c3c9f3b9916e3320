import type { Segment, PlanVersion, Charge } from '#contracts';
import {
  isBefore,
  later,
  localDateOf,
  periodContaining,
  rhythmFrom,
  startOfDay,
  type Instant,
  type Interval,
  type LocalTime,
} from '#kernel';
import { isSameAgreement } from '#rating';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeInterval } from '../catalog/plan.js';
import { inRhythmOf } from './charge-periods.js';
import type { ServedCharge, Stretch } from './stretch.js';
import type { Subscription } from './subscription.js';
import { agreedCharge, discountOf } from './terms.js';
import { trialCharge } from './trial.js';

/** How stretches are told apart: by plan and version, as raters once did, or by what these say of the charge. */
export type StretchRule = 'by_plan' | 'by_charge';

type Timeline = Pick<Subscription, 'segments' | 'anchor' | 'zone'>;

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

export const chargeKeysOf = (
  { segments }: Timeline,
  catalog: Catalog,
  isAsked: (charge: Charge) => boolean = () => true,
): ReadonlySet<string> =>
  new Set(
    segments.flatMap((segment) =>
      chargesIn(segment, planOf(segment, catalog))
        .filter(isAsked)
        .map(({ key }) => key),
    ),
  );

/**
 * One charge along the timeline, in order and without overlap. What recurs and is not prorated (by its own policy, or where it is paid
 * in advance, by that of the change) goes over into other terms, into a pause and out of it with its next period.
 */
export const stretchesOf = (
  timeline: Timeline,
  key: string,
  catalog: Catalog,
  rule: StretchRule = 'by_charge',
): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  let before: Segment | undefined;
  for (const segment of timeline.segments) {
    const plan = planOf(segment, catalog);
    const charge = chargesIn(segment, plan).find((one) => one.key === key);
    const last = stretches.at(-1);
    let from = segment.from;
    const wholeFrom = soldWholeFrom(timeline, before, segment, catalog);
    const isWhole = wholeFrom !== undefined && (charge ?? last?.charge)?.kind === 'recurring';
    if (last && last.to !== null) {
      // Served up to here, or beyond by a boundary before.
      const to = last.to === segment.from ? leftAt(timeline, last, segment) : last.to;
      const goesOnHere = (rule === 'by_charge' ? last.to : to) === segment.from;
      if (charge && goesOnHere && goesOn(last, { from, segment, plan, charge }, rule)) {
        stretches[stretches.length - 1] = prolonged(last, { from, segment, plan, charge });
        before = segment;
        continue;
      }
      if (isWhole && last.to === segment.from) from = givenUp(stretches, from, wholeFrom(last.charge));
      else {
        stretches[stretches.length - 1] = { ...last, to };
        from = later(from, to);
      }
    }
    if (charge && isWhole && last?.to !== segment.from) from = later(wholeFrom(charge), last?.to ?? wholeFrom(charge));
    else if (charge && before && last?.to !== segment.from)
      from = later(from, joinedAt(timeline, before, segment, charge, catalog));
    if (charge && (segment.to === null || isBefore(from, segment.to))) {
      const served = { from, segment, plan, charge };
      const adjoining = stretches.at(-1);
      const joins = adjoining?.to === from && goesOn(adjoining, served, rule);
      if (joins) stretches[stretches.length - 1] = prolonged(adjoining, served);
      else stretches.push({ ...served, to: segment.to, renewals: [] });
    }
    before = segment;
  }
  return rule === 'by_charge' ? withoutMoments(stretches, timeline, rule) : stretches;
};

const prolonged = (stretch: Stretch, next: ServedCharge): Stretch => ({
  ...stretch,
  to: next.segment.to,
  renewals: [...stretch.renewals, next],
});

/** By which plan a stretch is served at an instant. */
export const servedAt = (stretch: Stretch, at: Instant): ServedCharge =>
  stretch.renewals.findLast(({ from }) => !isBefore(at, from)) ?? stretch;

/** What a charge counts by days it has on terms that are there when a day is over: what comes and goes within one counts for nothing. */
const withoutMoments = (stretches: readonly Stretch[], { zone }: Timeline, rule: StretchRule): Stretch[] =>
  stretches.reduce<Stretch[]>((kept, stretch) => {
    if (lastsNoDay(stretch, zone)) return kept;
    const last = kept.at(-1);
    const adjoins = last && countsDays(last.charge) && isOneDay(last.to!, stretch.from, zone);
    if (!adjoins || !goesOn(last, stretch, rule)) return [...kept, stretch];
    return [
      ...kept.slice(0, -1),
      { ...last, to: stretch.to, renewals: [...last.renewals, stretch, ...stretch.renewals] },
    ];
  }, []);

const countsDays = ({ kind, proration }: Charge): boolean =>
  kind === 'recurring' && (proration === 'day' || proration === 'fixed30');

const lastsNoDay = ({ charge, from, to }: Stretch, zone: LocalTime): boolean =>
  countsDays(charge) && to !== null && isOneDay(from, to, zone);

const isOneDay = (left: Instant, right: Instant, zone: LocalTime): boolean =>
  left === right || localDateOf(left, zone) === localDateOf(right, zone);

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
const turnFrom = (timeline: Timeline, segment: Segment, interval: Interval, at: Instant): Instant => {
  const { start, end } = periodAround(timeline, segment, interval, at);
  return start === at ? at : end;
};

const periodAround = (
  timeline: Timeline,
  segment: Segment,
  interval: Interval,
  at: Instant,
): { readonly start: Instant; readonly end: Instant } => {
  const { anchor, zone } = inRhythmOf(segment, timeline);
  const rhythm = rhythmFrom(localDateOf(segment.cycleFrom, zone), interval, anchor);
  const { start, end } = periodContaining(rhythm, localDateOf(at, zone));
  return { start: later(startOfDay(start, zone), segment.cycleFrom), end: startOfDay(end, zone) };
};

/** Gives up what is served up to a boundary, back to an instant, as far as it was served without a gap. Answers from where it is free. */
const givenUp = (stretches: Stretch[], boundary: Instant, backTo: Instant): Instant => {
  let from = boundary;
  for (let last = stretches.at(-1); last?.to === from && isBefore(backTo, from); last = stretches.at(-1)) {
    from = later(last.from, backTo);
    if (isBefore(last.from, backTo)) stretches[stretches.length - 1] = { ...last, to: backTo };
    else stretches.pop();
  }
  return from;
};

/** Where the difference is made in full: from the beginning of the period on, what recurs is sold on the new terms. */
const soldWholeFrom = (timeline: Timeline, before: Segment | undefined, segment: Segment, catalog: Catalog) => {
  if (before?.status !== 'active' || segment.entered !== 'full_difference') return undefined;
  if (segment.status !== 'active' || before.cycleFrom !== segment.cycleFrom) return undefined;
  return ({ interval }: { readonly interval?: Interval }): Instant =>
    periodAround(timeline, before, interval ?? planOf(before, catalog).interval, segment.from).start;
};

/** Whether nothing of a charge changes from a stretch to what comes after it. */
const goesOn = (stretch: Stretch, next: ServedCharge, rule: StretchRule): boolean => {
  const last = stretch.renewals.at(-1) ?? stretch;
  if (next.segment.restarts === true && next.charge.kind === 'usage') return false;
  if (last.segment.status !== next.segment.status || last.segment.cycleFrom !== next.segment.cycleFrom) return false;
  return rule === 'by_charge' ? isSameCharge(last, next) : isSamePlan(last, next);
};

/** Whether a charge asks the same by two plans, with what was agreed of it, and as many units of it are served. Its name says nothing. */
export const isSameCharge = (left: Omit<ServedCharge, 'from'>, right: Omit<ServedCharge, 'from'>): boolean =>
  isSameAgreement(agreementOf(left), agreementOf(right));

const agreementOf = ({ segment, plan, charge: planned }: Omit<ServedCharge, 'from'>) => {
  const { charge, override } = agreedCharge(planned, segment);
  const { key, name: _, ...terms } = charge;
  const units = charge.kind === 'recurring' ? (segment.quantities[key] ?? '1') : undefined;
  return { ...terms, interval: chargeInterval(plan, charge), discount: discountOf(override), units };
};

const isSamePlan = ({ segment: left, charge }: ServedCharge, { segment: right }: ServedCharge): boolean =>
  left.plan === right.plan &&
  left.planVersion === right.planVersion &&
  JSON.stringify(left.overrides[charge.key]) === JSON.stringify(right.overrides[charge.key]) &&
  (charge.kind !== 'recurring' || left.quantities[charge.key] === right.quantities[charge.key]);

import {
  earlier,
  isBefore,
  later,
  localDateOf,
  periodsFrom,
  rhythmFrom,
  startOfDay,
  type Instant,
  type Interval,
  type LocalPeriod,
} from '#kernel';
import type { Charge, PlanVersion } from '../catalog/plan.js';
import { chargeInterval } from '../catalog/plan.js';
import type { Service } from '../invoice/invoice-line.js';
import type { Segment, Subscription } from './subscription.js';

/** A whole period at the anchor and the part of it that a segment serves. */
export interface ChargePeriod {
  readonly period: LocalPeriod;
  readonly service: Service;
}

export const serviceBetween = (start: Instant, end: Instant, timeZone: string): Service => ({
  start,
  end,
  localStart: localDateOf(start, timeZone),
  localEnd: localDateOf(end, timeZone),
  timeZone,
});

/** The periods of an interval that a segment serves after `after`, in order; without end where the segment has none. */
export function* servedPeriods(
  { segments, anchor, timeZone }: Subscription,
  segment: Segment,
  interval: Interval,
  after: Instant = segment.from,
): Generator<ChargePeriod> {
  const from = later(segment.from, after);
  if (segment.to !== null && !isBefore(from, segment.to)) return;
  const rhythm = rhythmFrom(localDateOf(segments[0]!.from, timeZone), interval, anchor);
  for (const period of periodsFrom(rhythm, localDateOf(from, timeZone))) {
    const start = later(startOfDay(period.start, timeZone), from);
    const turn = startOfDay(period.end, timeZone);
    const end = segment.to === null ? turn : earlier(turn, segment.to);
    yield { period, service: serviceBetween(start, end, timeZone) };
    if (end === segment.to) return;
  }
}

/** The services of one charge in a segment after `after`; a one-time charge has the segment's first alone. */
export function* servedBy(
  subscription: Subscription,
  segment: Segment,
  plan: PlanVersion,
  charge: Charge,
  after?: Instant,
): Generator<ChargePeriod> {
  if (charge.kind !== 'one_time') {
    yield* servedPeriods(subscription, segment, chargeInterval(plan, charge), after);
  } else if (after === undefined) {
    const [first] = servedPeriods(subscription, segment, plan.interval);
    if (first) yield first;
  }
}

/** When a service is billed: as it begins, or when it is over. */
export const dueAt = ({ timing }: Charge, { start, end }: Service): Instant => (timing === 'in_advance' ? start : end);

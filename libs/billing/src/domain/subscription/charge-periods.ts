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
import { priceInterval, type Charge } from '../catalog/plan.js';
import type { Service } from '../invoice/invoice-line.js';
import type { Stretch } from './stretches.js';
import type { Subscription } from './subscription.js';
import type { Segment } from './timeline.js';

/** A whole period at the anchor and the part of it that is served. */
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

/** The parts of periods between two instants that are not over by `after`, in order; without end where there is none. */
export function* servedPeriods(
  { anchor, timeZone }: Pick<Subscription, 'anchor' | 'timeZone'>,
  { from, to, cycleFrom }: { readonly from: Instant; readonly to: Instant | null; readonly cycleFrom: Instant },
  interval: Interval,
  after: Instant = from,
): Generator<ChargePeriod> {
  const first = later(from, after);
  if (to !== null && !isBefore(first, to)) return;
  const rhythm = rhythmFrom(localDateOf(cycleFrom, timeZone), interval, anchor);
  for (const period of periodsFrom(rhythm, localDateOf(first, timeZone))) {
    const start = later(startOfDay(period.start, timeZone), from);
    const turn = startOfDay(period.end, timeZone);
    const end = to === null ? turn : earlier(turn, to);
    yield { period, service: serviceBetween(start, end, timeZone) };
    if (end === to) return;
  }
}

/** The services of a charge in a stretch that are not over by `after`; a one-time charge has the first period alone, or the whole trial. */
export function* servedBy(
  subscription: Pick<Subscription, 'anchor' | 'timeZone'>,
  { from, to, segment, plan, charge }: Stretch,
  after?: Instant,
): Generator<ChargePeriod> {
  const { cycleFrom, status } = segment;
  const { timeZone } = subscription;
  const rhythm = inRhythmOf(segment, subscription);
  if (charge.kind !== 'one_time') {
    yield* servedPeriods(rhythm, { from, to, cycleFrom }, priceInterval(plan, charge), after);
  } else if (status === 'trialing') {
    const period = { start: localDateOf(from, timeZone), end: localDateOf(to!, timeZone) };
    yield { period, service: serviceBetween(from, to!, timeZone) };
  } else {
    const [first] = servedPeriods(rhythm, { from, to, cycleFrom }, plan.interval);
    if (first) yield first;
  }
}

/** Where periods turn in a segment: at the subscription's anchor, or where their rhythm began anew. */
export const inRhythmOf = (
  { rhythm }: Pick<Segment, 'rhythm'>,
  { anchor, timeZone }: Pick<Subscription, 'anchor' | 'timeZone'>,
): Pick<Subscription, 'anchor' | 'timeZone'> => ({
  anchor: rhythm === 'own' ? { align: 'subscription' } : anchor,
  timeZone,
});

/** When a service is billed: as it begins, or when it is over. */
export const dueAt = ({ timing }: Charge, { start, end }: Service): Instant => (timing === 'in_advance' ? start : end);

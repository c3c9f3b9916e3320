import type { Service, Segment, Charge } from '#contracts';
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
  type LocalTime,
} from '#kernel';
import { priceInterval } from '../catalog/plan.js';
import type { Stretch } from './stretch.js';
import type { Subscription } from './subscription.js';

/** A whole period at the anchor and the part of it that is served. */
export interface ChargePeriod {
  readonly period: LocalPeriod;
  readonly service: Service;
}

export const serviceBetween = (start: Instant, end: Instant, zone: LocalTime): Service => ({
  start,
  end,
  localStart: localDateOf(start, zone),
  localEnd: localDateOf(end, zone),
  timeZone: zone.timeZone,
});

/**
 * The parts of periods between two instants that are not over by `after`, in order; without end where there is none. Days that a zone
 * skips, and what is left of none because its rules changed, are no periods.
 */
export function* servedPeriods(
  { anchor, zone }: Pick<Subscription, 'anchor' | 'zone'>,
  { from, to, cycleFrom }: { readonly from: Instant; readonly to: Instant | null; readonly cycleFrom: Instant },
  interval: Interval,
  after: Instant = from,
): Generator<ChargePeriod> {
  const first = later(from, after);
  if (to !== null && !isBefore(first, to)) return;
  const rhythm = rhythmFrom(localDateOf(cycleFrom, zone), interval, anchor);
  for (const period of periodsFrom(rhythm, localDateOf(first, zone))) {
    const start = later(startOfDay(period.start, zone), from);
    const turn = startOfDay(period.end, zone);
    const end = to === null ? turn : earlier(turn, to);
    if (isBefore(first, end)) yield { period, service: within(period, serviceBetween(start, end, zone)) };
    if (end === to) return;
  }
}

/** What is left of a day that rules cut short is of the day that it is a part of. */
const within = ({ start, end }: LocalPeriod, service: Service): Service => ({
  ...service,
  localStart: service.localStart < start ? start : service.localStart,
  localEnd: service.localEnd > end ? end : service.localEnd,
});

/** The same service, up to another end. */
export const endingAt = (service: Service, end: Instant, zone: LocalTime): Service => ({
  ...service,
  end,
  localEnd: end === service.start ? service.localStart : localDateOf(end, zone),
});

/** The services of a charge in a stretch that are not over by `after`; a one-time charge has the first period alone, or the whole trial. */
export function* servedBy(
  subscription: Pick<Subscription, 'anchor' | 'zone'>,
  { from, to, segment, plan, charge }: Stretch,
  after?: Instant,
): Generator<ChargePeriod> {
  const { cycleFrom, status } = segment;
  const { zone } = subscription;
  const rhythm = inRhythmOf(segment, subscription);
  if (charge.kind !== 'one_time') {
    yield* servedPeriods(rhythm, { from, to, cycleFrom }, priceInterval(plan, charge), after);
  } else if (status === 'trialing') {
    const period = { start: localDateOf(from, zone), end: localDateOf(to!, zone) };
    yield { period, service: serviceBetween(from, to!, zone) };
  } else {
    const [first] = servedPeriods(rhythm, { from, to, cycleFrom }, plan.interval);
    if (first) yield first;
  }
}

/** Where periods turn in a segment: at the subscription's anchor, or where their rhythm began anew. */
export const inRhythmOf = (
  { rhythm }: Pick<Segment, 'rhythm'>,
  { anchor, zone }: Pick<Subscription, 'anchor' | 'zone'>,
): Pick<Subscription, 'anchor' | 'zone'> => ({
  anchor: rhythm === 'own' ? { align: 'subscription' } : anchor,
  zone,
});

/** When a service is billed: as it begins, or when it is over. */
export const dueAt = ({ timing }: Charge, { start, end }: Service): Instant => (timing === 'in_advance' ? start : end);

import type { Segment } from '#contracts';
import { isBefore, type Instant } from '#kernel';
import { chargeInterval } from '../catalog/plan.js';
import { inRhythmOf, endingAt, servedPeriods } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import type { TimelineService } from './timeline-service.js';

/** What of a served charge tells whether it is billed. */
export type Served = Pick<TimelineService, 'key' | 'service' | 'installment'>;

/** A window is billed as far as its last installment reached; anything else, once something of it is. */
export const isBilledTo = ({ service, installment }: Served, billedEnd: Instant | undefined): boolean =>
  billedEnd !== undefined && (installment === undefined || !isBefore(billedEnd, service.end));

/** A window as it is billed: at each turn of the billing interval all of it so far, at its end the whole. Other services are one. */
export const installmentsOf = (
  served: TimelineService,
  subscription: Subscription,
  segment: Segment,
): TimelineService[] => {
  const { charge, plan, service } = served;
  if (charge.allowanceInterval === undefined) return [served];
  const { start, end } = service;
  const turns = [
    ...servedPeriods(
      inRhythmOf(segment, subscription),
      { from: start, to: end, cycleFrom: segment.cycleFrom },
      chargeInterval(plan, charge),
    ),
  ];
  const ends = new Set(turns.map((turn) => servedUntil(served, turn.service.end)));
  return [...ends].filter((until) => isBefore(start, until)).map((until) => upTo(served, until, subscription));
};

/** The same window, as far as it was billed; shorter where it ends before. */
export const upTo = (
  served: TimelineService,
  until: Instant,
  { zone }: Pick<Subscription, 'zone'>,
): TimelineService => {
  if (served.charge.allowanceInterval === undefined) return served;
  const { service, gaps } = served;
  if (!isBefore(until, service.end)) return { ...served, installment: 'last' };
  const { gaps: _, ...rest } = served;
  const before = gaps?.filter(({ start }) => isBefore(start, until)) ?? [];
  return {
    ...rest,
    ...(before.length === 0 ? {} : { gaps: before }),
    service: endingAt(service, until, zone),
    installment: 'open',
  };
};

/** What lies in a gap is not served: up to there. */
const servedUntil = ({ gaps = [] }: TimelineService, turn: Instant): Instant =>
  gaps.find(({ start, end }) => isBefore(start, turn) && !isBefore(end, turn))?.start ?? turn;

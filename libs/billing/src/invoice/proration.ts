import type { Charge, Service } from '#contracts';
import { startOfDay, type LocalPeriod, type LocalTime } from '#kernel';
import { dayShare, fixedPeriodShare, secondShare, type ProrationBasis, type ProrationShare } from '#rating';

/** The part that a service is of a whole period. */
export const shareServed = (
  basis: ProrationBasis,
  period: LocalPeriod,
  service: Service,
  zone: LocalTime,
): ProrationShare => {
  const { localStart: start, localEnd: end } = service;
  switch (basis) {
    case 'day':
      return dayShare({ start, end }, period);
    case 'fixed30':
      return fixedPeriodShare({ start, end }, period);
    case 'second':
      return secondShare(service, {
        start: startOfDay(period.start, zone),
        end: startOfDay(period.end, zone),
      });
  }
};

/**
 * The part of the whole period at the anchor that was served, as the plan measures it; none where that is the whole.
 * What an end left nothing of costs nothing, whatever its price asks at least.
 */
export const prorationOf = (
  { kind, proration }: Charge,
  period: LocalPeriod,
  service: Service,
  zone: LocalTime,
): ProrationShare | undefined => {
  if ((kind !== 'recurring' || proration === 'none') && service.start !== service.end) return undefined;
  const share = shareServed(proration === 'none' ? 'day' : proration, period, service, zone);
  return share.numerator === share.denominator ? undefined : share;
};

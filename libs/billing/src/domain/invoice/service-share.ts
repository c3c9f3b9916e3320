import type { Service } from '#contracts';
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

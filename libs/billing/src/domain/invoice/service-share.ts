import { startOfDay, type LocalPeriod } from '#kernel';
import { dayShare, fixedPeriodShare, secondShare, type ProrationBasis, type ProrationShare } from '#rating';
import type { Service } from './invoice-line.js';

/** The part that a service is of a whole period. */
export const shareServed = (basis: ProrationBasis, period: LocalPeriod, service: Service): ProrationShare => {
  const { localStart: start, localEnd: end, timeZone } = service;
  switch (basis) {
    case 'day':
      return dayShare({ start, end }, period);
    case 'fixed30':
      return fixedPeriodShare({ start, end }, period);
    case 'second':
      return secondShare(service, {
        start: startOfDay(period.start, timeZone),
        end: startOfDay(period.end, timeZone),
      });
  }
};

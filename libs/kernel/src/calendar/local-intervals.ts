import { Temporal } from 'temporal-polyfill';
import type { Instant } from './instant.js';
import type { Interval } from './rhythm.js';

/** The same time of the local day, so many intervals later: across a change of the clock the hours differ, the clock face does not. */
export const plusLocalIntervals = (instant: Instant, interval: Interval, timeZone: string, times = 1): Instant => {
  const { unit, count } = interval;
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return local
    .add({ [`${unit}s`]: count * times })
    .toInstant()
    .toString() as Instant;
};

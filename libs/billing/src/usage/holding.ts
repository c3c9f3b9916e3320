import {
  daysBetween,
  epochSeconds,
  fixedDaysBetween,
  localDateOf,
  plusDays,
  startOfDay,
  type Fraction,
  type Instant,
  type LocalDate,
  type LocalPeriod,
  type Zone,
} from '#kernel';
import type { ProrationBasis } from '#rating';

/** The part of a whole period that is served, and by what parts of it are told. */
export interface HeldPeriod {
  readonly basis: ProrationBasis;
  /** The whole period at the anchor: the divisor. */
  readonly period: LocalPeriod;
  readonly service: { readonly start: Instant; readonly end: Instant; readonly zone: Zone };
}

/**
 * For how long something is held in a service, counted from the beginning of the whole period. By seconds it is what lies between
 * coming and going; by days, each day on which it was there at any moment.
 */
export interface Holding {
  readonly start: number;
  readonly end: number;
  /** From where on it is there that comes at an instant, and up to where what goes at one; both within the service. */
  readonly came: (at: Instant) => number;
  readonly went: (at: Instant) => number;
  /** So much of the whole period. */
  readonly part: (held: number) => Fraction;
}

export const holdingIn = ({ basis, period, service }: HeldPeriod): Holding => {
  const { zone } = service;
  const place = placesIn(basis, period, zone);
  const whole = place.first(startOfDay(period.end, zone));
  // From the 30th to the 31st there is no fixed day to be a part of.
  if (whole === 0) return holdingIn({ basis: 'day', period, service });
  const [start, end] = [place.first(service.start), place.first(service.end)];
  const within = (at: number): number => Math.min(Math.max(at, start), end);
  return {
    start,
    end,
    came: (at) => within(place.first(at)),
    went: (at) => within(place.after(at)),
    part: (held) => ({ numerator: BigInt(held), denominator: BigInt(whole) }),
  };
};

/** The place of an instant: of the day, or second, that it lies in; and of the first one of which nothing lies before it. */
interface Places {
  readonly first: (at: Instant) => number;
  readonly after: (at: Instant) => number;
}

const placesIn = (basis: ProrationBasis, period: LocalPeriod, zone: Zone): Places => {
  switch (basis) {
    case 'day':
      return ofDays((day) => daysBetween(period.start, day), zone);
    case 'fixed30':
      return ofDays((day) => fixedDaysBetween(period.start, day), zone);
    case 'second': {
      const begin = epochSeconds(startOfDay(period.start, zone));
      const place = (at: Instant) => Number(epochSeconds(at) - begin);
      return { first: place, after: place };
    }
  }
};

const ofDays = (place: (day: LocalDate) => number, zone: Zone): Places => ({
  first: (at) => place(localDateOf(at, zone)),
  after: (at) => {
    const day = localDateOf(at, zone);
    return place(at === startOfDay(day, zone) ? day : plusDays(day, 1));
  },
});

import { daysBetween, fixedDaysBetween, secondsBetween, type Fraction, type Instant, type LocalPeriod } from '#kernel';

/** How a part of a period is measured: local days, seconds, or days of months that all have thirty. */
export type ProrationBasis = 'day' | 'second' | 'fixed30';

/** The part of a whole period that is charged: 17 of 31 days. */
export interface ProrationShare {
  readonly basis: ProrationBasis;
  readonly numerator: number;
  readonly denominator: number;
}

/** Half-open calendar days over the days of the whole period at the anchor, never over those of a stub. May exceed the whole. */
export const dayShare = (used: LocalPeriod, whole: LocalPeriod): ProrationShare => ({
  basis: 'day',
  numerator: daysBetween(used.start, used.end),
  denominator: daysBetween(whole.start, whole.end),
});

/** Seconds over the seconds of the whole period, as Stripe and Polar prorate. */
export const secondShare = (
  used: { readonly start: Instant; readonly end: Instant },
  whole: { readonly start: Instant; readonly end: Instant },
): ProrationShare => ({
  basis: 'second',
  numerator: secondsBetween(used.start, used.end),
  denominator: secondsBetween(whole.start, whole.end),
});

/** Days of fixed months over the fixed days of the whole period: thirty for a month between days that both months have. */
export const fixedPeriodShare = (used: LocalPeriod, whole: LocalPeriod): ProrationShare => ({
  basis: 'fixed30',
  numerator: fixedDaysBetween(used.start, used.end),
  denominator: fixedDaysBetween(whole.start, whole.end),
});

export const shareFraction = ({ numerator, denominator }: ProrationShare): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

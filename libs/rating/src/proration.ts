import {
  Decimal,
  daysBetween,
  fixedDaysBetween,
  FIXED_MONTH_DAYS,
  roundedPart,
  secondsBetween,
  type Fraction,
  type Instant,
  type LocalDate,
  type LocalPeriod,
  type Rounding,
} from '#kernel';

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

/** Days of fixed months over the fixed days of the months that the period has: May and June cost the same. */
export const fixedDayShare = (used: LocalPeriod, months: number, monthDays = FIXED_MONTH_DAYS): ProrationShare => ({
  basis: 'fixed30',
  numerator: fixedDaysBetween(used.start, used.end, monthDays),
  denominator: months * monthDays,
});

/** The same, over the fixed days of the whole period: thirty for a month between days that both months have. */
export const fixedPeriodShare = (used: LocalPeriod, whole: LocalPeriod): ProrationShare => ({
  basis: 'fixed30',
  numerator: fixedDaysBetween(used.start, used.end),
  denominator: fixedDaysBetween(whole.start, whole.end),
});

/** A share that was counted elsewhere: 30 of the 365 days that a year nominally has. */
export const shareOf = (numerator: number, denominator: number): ProrationShare => ({
  basis: 'day',
  numerator,
  denominator,
});

export const shareFraction = ({ numerator, denominator }: ProrationShare): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** The share as a decimal: Kill Bill's ratios have nine digits, half away from zero. */
export const shareRatio = (share: ProrationShare, digits: number, rounding: Rounding = 'half_up'): Decimal =>
  roundedPart(Decimal.one, shareFraction(share), digits, rounding);

/** How an amount is rounded: to so many digits after the point, once. */
export interface RoundingRule {
  readonly digits: number;
  /** Half away from zero unless told. */
  readonly rounding?: Rounding;
}

/** An amount and the share that it is of the whole price. */
export interface ProratedAmount {
  readonly amount: Decimal;
  readonly share: ProrationShare;
}

/** Price × share, rounded once at the end. */
export const prorated = (
  price: Decimal,
  share: ProrationShare,
  { digits, rounding = 'half_up' }: RoundingRule,
): ProratedAmount => ({ amount: roundedPart(price, shareFraction(share), digits, rounding), share });

/** What the used days of a whole period cost. */
export const prorateDays = (
  price: Decimal,
  used: LocalPeriod,
  whole: LocalPeriod,
  rule: RoundingRule,
): ProratedAmount => prorated(price, dayShare(used, whole), rule);

/**
 * What a period costs that begins under a contract: its days up to the contract's end over those of the whole period. Where the
 * contract ends later, the whole. A co-terminated add-on is charged so.
 */
export const prorateToContractEnd = (
  price: Decimal,
  period: LocalPeriod,
  contractEnd: LocalDate,
  rule: RoundingRule,
): ProratedAmount => {
  const end = contractEnd < period.end ? contractEnd : period.end;
  return prorateDays(price, { start: period.start, end: end < period.start ? period.start : end }, period, rule);
};

/** What is given back of a billed period because another one covers a part of its days: never more than it was, never below zero days. */
export const prorateOverlapCredit = (
  price: Decimal,
  billed: LocalPeriod,
  other: LocalPeriod,
  rule: RoundingRule,
): ProratedAmount => {
  const start = other.start > billed.start ? other.start : billed.start;
  const end = other.end < billed.end ? other.end : billed.end;
  const overlap = start < end ? { start, end } : { start, end: start };
  return prorateDays(price.negated(), overlap, billed, rule);
};

/** What is given back of a period billed in advance when service ends on a day within it; nothing under the policy `none`. */
export const cancellationCredit = (
  price: Decimal,
  billed: LocalPeriod,
  endsOn: LocalDate,
  rule: RoundingRule & { readonly credit?: 'prorated' | 'none' },
): ProratedAmount => {
  const from = rule.credit === 'none' ? billed.end : endsOn;
  return prorateOverlapCredit(price, billed, { start: from, end: billed.end }, rule);
};

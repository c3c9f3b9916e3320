import { Decimal, roundedQuotient, powerOfTen, type Interval } from '#kernel';

const DIGITS = 4;

/** Months by convention: 52/12 weeks, 365/12 days. As [months in numerator, units in denominator] of one unit. */
const PER_MONTH: Readonly<Record<Interval['unit'], readonly [bigint, bigint]>> = {
  day: [365n, 12n],
  week: [52n, 12n],
  month: [1n, 1n],
  year: [1n, 12n],
};

/** What an amount per interval comes to in a month, to four decimals, half away from zero. */
export const monthlyAmount = (amount: Decimal, { unit, count }: Interval): Decimal => {
  const [times, over] = PER_MONTH[unit];
  const numerator = amount.coefficient * times * powerOfTen(DIGITS);
  const denominator = powerOfTen(amount.scale) * over * BigInt(count);
  return new Decimal(roundedQuotient(numerator, denominator, 'half_up'), DIGITS);
};

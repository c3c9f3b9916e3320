import {
  decimalOfFraction,
  fractionOf,
  timesFraction,
  type Decimal,
  type Fraction,
  type Interval,
  type Rounding,
} from '#kernel';

/** Units in a month by convention: 52/12 weeks, 365/12 days. */
const UNITS_PER_MONTH: Readonly<Record<Interval['unit'], Fraction>> = {
  day: { numerator: 365n, denominator: 12n },
  week: { numerator: 52n, denominator: 12n },
  month: { numerator: 1n, denominator: 1n },
  year: { numerator: 1n, denominator: 12n },
};

export interface MonthlyAmountPolicy {
  readonly digits?: number;
  readonly rounding?: Rounding;
  /** Other products count other months: 30 days, 365.25/12 days, 4.345 weeks. */
  readonly unitsPerMonth?: Fraction;
}

/** What an amount per interval comes to in a month: to four decimals, half away from zero, unless the caller asks otherwise. */
export const monthlyAmount = (
  amount: Decimal,
  { unit, count }: Interval,
  { digits = 4, rounding = 'half_up', unitsPerMonth = UNITS_PER_MONTH[unit] }: MonthlyAmountPolicy = {},
): Decimal => {
  const perUnit = timesFraction(fractionOf(amount), { numerator: 1n, denominator: BigInt(count) });
  return decimalOfFraction(timesFraction(perUnit, unitsPerMonth), digits, rounding);
};

import {
  Decimal,
  decimalOfFraction,
  fractionOf,
  percentage,
  roundedFraction,
  timesFraction,
  type Fraction,
  type Rounding,
} from '#kernel';

const exact = (base: bigint | Decimal | Fraction): Fraction =>
  typeof base === 'bigint' || base instanceof Decimal ? fractionOf(base) : base;

/** Base × rate in percent, in minor units, rounded once: half away from zero unless the caller names another rounding. */
export const taxOn = (base: bigint | Decimal | Fraction, rate: Decimal, rounding: Rounding = 'half_up'): bigint =>
  roundedFraction(timesFraction(exact(base), percentage(rate)), rounding);

/** What compound rates come to, in percent, exact: 5 % and 7 % on top are 12.35 %. */
export const compoundRate = (rates: readonly Decimal[]): Decimal => {
  const hundred = Decimal.of(100);
  const grown = rates.reduce((factor, rate) => factor.times(hundred.plus(rate)).times(new Decimal(1n, 2)), hundred);
  return grown.minus(hundred);
};

const RATE_DIGITS = 5;

/**
 * The one rate in percent that a bundle of lines bears: weighted by their amounts, or the plain average where all are zero,
 * since there is nothing to weigh by. To five decimals. (Lago, `apply_taxes_service_spec.rb`.)
 */
export const effectiveTaxRate = (
  lines: readonly { readonly amount: bigint; readonly rates: readonly Decimal[] }[],
): Decimal => {
  if (lines.length === 0) return Decimal.zero;
  const whole = lines.reduce((total, { amount }) => total + amount, 0n);
  const weigh = (amount: bigint): bigint => (whole === 0n ? 1n : amount);
  const weighted = lines.reduce(
    (total, { amount, rates }) => rates.reduce((sum, rate) => sum.plus(rate.times(Decimal.of(weigh(amount)))), total),
    Decimal.zero,
  );
  const { numerator, denominator } = fractionOf(weighted);
  const divisor = whole === 0n ? BigInt(lines.length) : whole;
  return decimalOfFraction({ numerator, denominator: denominator * divisor }, RATE_DIGITS, 'half_up');
};

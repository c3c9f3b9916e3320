import {
  allocate,
  Decimal,
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  percentage,
  plusFraction,
  roundedFraction,
  timesFraction,
  type Fraction,
  type Rounding,
} from '#kernel';

const ONE: Fraction = { numerator: 1n, denominator: 1n };

const exact = (base: bigint | Decimal | Fraction): Fraction =>
  typeof base === 'bigint' || base instanceof Decimal ? fractionOf(base) : base;

/** Base × rate in percent, in minor units, rounded once: half away from zero unless the caller names another rounding. */
export const taxOn = (base: bigint | Decimal | Fraction, rate: Decimal, rounding: Rounding = 'half_up'): bigint =>
  roundedFraction(timesFraction(exact(base), percentage(rate)), rounding);

/** Several taxes on the same base, each rounded apart: GST and QST. */
export const taxComponents = (base: bigint, rates: readonly Decimal[], rounding: Rounding = 'half_up'): bigint[] =>
  rates.map((rate) => taxOn(base, rate, rounding));

/** Taxes that are each levied on the base and on the taxes before it, each rounded apart. */
export const compoundTaxes = (base: bigint, rates: readonly Decimal[], rounding: Rounding = 'half_up'): bigint[] => {
  let taxed = base;
  return rates.map((rate) => {
    const tax = taxOn(taxed, rate, rounding);
    taxed += tax;
    return tax;
  });
};

/** What compound rates come to, in percent, exact: 5 % and 7 % on top are 12.35 %. */
export const compoundRate = (rates: readonly Decimal[]): Decimal => {
  const hundred = Decimal.of(100);
  const grown = rates.reduce((factor, rate) => factor.times(hundred.plus(rate)).times(new Decimal(1n, 2)), hundred);
  return grown.minus(hundred);
};

/**
 * The taxes inside a gross amount: the net is gross / (1 + Σ rates), rounded once; the tax is the rest, split between several
 * rates by largest remainder. So net and taxes always add up to the gross.
 */
export const includedTaxes = (
  gross: bigint,
  rates: readonly Decimal[],
): { readonly net: bigint; readonly taxes: readonly bigint[] } => {
  const factor = rates.reduce((total, rate) => plusFraction(total, percentage(rate)), ONE);
  const net = roundedFraction(dividedFraction(fractionOf(gross), factor), 'half_up');
  const scale = Math.max(0, ...rates.map((rate) => rate.scale));
  return {
    net,
    taxes: allocate(
      gross - net,
      rates.map((rate) => rate.coefficientAt(scale)),
    ),
  };
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

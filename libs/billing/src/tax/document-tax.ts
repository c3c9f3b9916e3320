import {
  allocate,
  dividedFraction,
  fractionOf,
  percentage,
  plusFraction,
  roundedFraction,
  roundedQuotient,
  timesFraction,
  type Decimal,
  type Fraction,
  type Rounding,
} from '#kernel';
import { taxOn } from './tax.js';

/** A rate in percent that a document bears. */
export interface BorneRate {
  readonly rate: Decimal;
  /** Levied on the taxes before it, too. */
  readonly compound: boolean;
}

/** How taxes are found: once for the document (EN 16931, BR-CO-17), or on each line; on top of the prices, or inside them. */
export interface TaxMethod {
  readonly rounding: 'document' | 'line';
  readonly prices: 'exclusive' | 'inclusive';
  /** What becomes of a half of a unit; `half_up`, away from zero, where nothing is said. */
  readonly halves?: Rounding;
}

/** Whole minor units: of each line, what is net and what is tax, and of each rate, what it is levied on and comes to. */
export interface TaxedDocument {
  readonly nets: readonly bigint[];
  readonly taxes: readonly { readonly base: bigint; readonly amount: bigint }[];
  readonly taxPerLine: readonly bigint[];
}

/**
 * The taxes on the lines of a document, all of which bear the same rates. What the lines show adds up to what the document says, to the unit: where a tax is
 * rounded once, its units go to the lines by largest remainder.
 */
export const documentTax = (
  amounts: readonly bigint[],
  rates: readonly BorneRate[],
  { rounding, prices, halves = 'half_up' }: TaxMethod,
): TaxedDocument => {
  const parts = rounding === 'line' ? amounts.map((amount) => [amount]) : [amounts];
  const taxed = parts.map((part) => (prices === 'inclusive' ? taxedInside : taxedOnTop)(part, rates, halves));
  return {
    nets: taxed.flatMap(({ nets }) => nets),
    taxes: rates.map((_, index) => ({
      base: taxed.reduce((sum, { taxes }) => sum + taxes[index]!.base, 0n),
      amount: taxed.reduce((sum, { taxes }) => sum + taxes[index]!.amount, 0n),
    })),
    taxPerLine: taxed.flatMap(({ taxPerLine }) => taxPerLine),
  };
};

const taxedOnTop = (amounts: readonly bigint[], rates: readonly BorneRate[], halves: Rounding): TaxedDocument => {
  const net = sumOf(amounts);
  const factors = factorsOf(rates);
  const taxPerLine = amounts.map(() => 0n);
  let before = 0n;
  const taxes = rates.map(({ rate, compound }, index) => {
    const base = compound ? net + before : net;
    const amount = taxOn(base, rate, halves);
    apportioned(amounts, factors[index]!, amount).forEach((part, line) => (taxPerLine[line]! += part));
    before += amount;
    return { base, amount };
  });
  return { nets: amounts, taxes, taxPerLine };
};

/** The net is rounded once, and the taxes are the rest. */
const taxedInside = (amounts: readonly bigint[], rates: readonly BorneRate[], halves: Rounding): TaxedDocument => {
  const gross = sumOf(amounts);
  const factors = factorsOf(rates);
  const netOfOne = dividedFraction(ONE, factors.reduce(plusFraction, ONE));
  const net = roundedFraction(timesFraction(fractionOf(gross), netOfOne), halves);
  const nets = apportioned(amounts, netOfOne, net);
  let before = 0n;
  const parts = allocate(gross - net, weightsOf(factors));
  const taxes = rates.map(({ compound }, index) => {
    const base = compound ? net + before : net;
    const amount = parts[index]!;
    before += amount;
    return { base, amount };
  });
  return { nets, taxes, taxPerLine: amounts.map((amount, line) => amount - nets[line]!) };
};

/** What each rate comes to of one unit of net, exact. */
const factorsOf = (rates: readonly BorneRate[]): readonly Fraction[] => {
  let before: Fraction = { numerator: 0n, denominator: 1n };
  return rates.map(({ rate, compound }) => {
    const factor = timesFraction(compound ? plusFraction(ONE, before) : ONE, percentage(rate));
    before = plusFraction(before, factor);
    return factor;
  });
};

const weightsOf = (factors: readonly Fraction[]): bigint[] => {
  const denominator = factors.reduce((all, factor) => all * factor.denominator, 1n);
  return factors.map((factor) => (factor.numerator * denominator) / factor.denominator);
};

/** Each amount times a factor, in whole units that come to the total: what is left over goes to the largest remainders. */
const apportioned = (amounts: readonly bigint[], { numerator, denominator }: Fraction, total: bigint): bigint[] => {
  const whole = amounts.map((amount) => roundedQuotient(amount * numerator, denominator, 'floor'));
  const remainders = amounts.map((amount, line) => amount * numerator - whole[line]! * denominator);
  const largestFirst = [...amounts.keys()].sort((a, b) => compared(remainders[b]!, remainders[a]!) || a - b);
  const left = total - sumOf(whole);
  const [step, order] = left < 0n ? [-1n, largestFirst.toReversed()] : [1n, largestFirst];
  // Of taxes on rounded taxes, more units may be left over than there are lines.
  for (let given = 0n; given !== left; given += step) whole[order[Number(given * step) % order.length]!]! += step;
  return whole;
};

const compared = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0);

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

const ONE: Fraction = { numerator: 1n, denominator: 1n };

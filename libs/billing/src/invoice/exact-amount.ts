import type { InvoiceLine, OtherParts } from '#contracts';
import {
  currencyExponent,
  Decimal,
  decimalOfFraction,
  fractionOf,
  money,
  plusFraction,
  powerOfTen,
  reducedFraction,
  roundedFraction,
  timesFraction,
  type Fraction,
  type Money,
  type Rounding,
} from '#kernel';
import { shareFraction, type SharedRating } from '#rating';
import type { BilledLine } from '../account/account.state.js';

/** A quotient that stands for a share of usage is rounded here, far below any price, so that what adds up to a whole cent does. */
const SHARE_DIGITS = 18;

/** What a service comes to before any rounding, in major units. */
export const exactAmount = ({ rating, share }: SharedRating, usage: boolean): Fraction => {
  const exact = fractionOf(rating.amount);
  if (!share) return exact;
  const shared = timesFraction(exact, shareFraction(share));
  return usage ? fractionOf(decimalOfFraction(shared, SHARE_DIGITS, 'half_up')) : shared;
};

/** The same, of a stored line. */
export const exactOf = ({ exactCumulative, proration, part }: InvoiceLine): Fraction =>
  exactAmount(
    { rating: { amount: exactDecimal(exactCumulative), steps: [] }, ...(proration ? { share: proration } : {}) },
    part !== undefined,
  );

/** A product has more digits than anybody may write: it is read as it is. */
const exactDecimal = (text: string): Decimal => {
  const [whole, fraction = ''] = text.split('.') as [string, string?];
  return new Decimal(BigInt(`${whole}${fraction}`), fraction.length);
};

/** What lines bill, before discounts, as an exact amount in major units. */
export const exactlyBilled = (lines: readonly BilledLine[], currency: string): Fraction =>
  reducedFraction({
    numerator: lines.reduce((total, line) => total + grossOf(line), 0n),
    denominator: powerOfTen(currencyExponent(currency)),
  });

const grossOf = ({ amountMinor, discounts = [] }: BilledLine): bigint =>
  discounts.reduce((total, { amount }) => total + amount.minor, amountMinor);

/** Rounded once, with whatever else there is of the same period. */
export const roundedTogether = (exact: Fraction, others: Fraction, currency: string, rounding: Rounding): Money => {
  const minor = { numerator: powerOfTen(currencyExponent(currency)), denominator: 1n };
  return money(roundedFraction(timesFraction(plusFraction(exact, others), minor), rounding), currency);
};

export const isSameFraction = (left: Fraction, right: Fraction): boolean =>
  left.numerator * right.denominator === right.numerator * left.denominator;

export const otherPartsOf = ({ numerator, denominator }: Fraction): OtherParts => ({
  numerator: numerator.toString(),
  denominator: denominator.toString(),
});

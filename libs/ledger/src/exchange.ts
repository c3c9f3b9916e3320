import { fractionOf, powerOfTen, roundedFraction, timesFraction, type Decimal } from '#kernel';

/**
 * An amount in minor units of one currency as minor units of another, at so much of the other per one: rounded once, half away
 * from zero. The digits of the two currencies matter only if they differ.
 */
export const exchanged = (
  minor: bigint,
  rate: Decimal,
  digits: { readonly from: number; readonly to: number } = { from: 2, to: 2 },
): bigint => {
  const shift = { numerator: powerOfTen(digits.to), denominator: powerOfTen(digits.from) };
  return roundedFraction(timesFraction(timesFraction(fractionOf(minor), fractionOf(rate)), shift), 'half_up');
};

/** What leaves the payer's account: the amount to be exchanged and the fee, as linked transfers in the same currency. */
export const exchangeDebit = (minor: bigint, fee: bigint): bigint => minor + fee;

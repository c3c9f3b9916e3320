import {
  Decimal,
  dividedFraction,
  fractionOf,
  reducedFraction,
  sumOfParts,
  type Fraction,
  type Rounding,
} from '#kernel';

/** How cases write numbers. Nothing here calculates; it only reads and writes. */

/** Whole units; what a case writes in major units is read with as many digits as any decimal has. */
export const SCALE = 24;

export const integer = (text: string | number): bigint => BigInt(text);

export const decimal = (text: string | number): Decimal => Decimal.parse(String(text));

/** A decimal as an integer of its smallest unit, for rules that neither multiply nor divide. */
export const units = (text: string): bigint => decimal(text).coefficientAt(SCALE);

export const fromUnits = (amount: bigint): Decimal => new Decimal(amount, SCALE);

/** `30/31`. */
export const fraction = (text: string): Fraction => {
  const [numerator, denominator] = text.split('/');
  return { numerator: BigInt(numerator!), denominator: BigInt(denominator ?? '1') };
};

/** `15/31`; whole numbers without a denominator. */
export const fractionText = (exact: Fraction): string => {
  const { numerator, denominator } = reducedFraction(exact);
  return denominator === 1n ? numerator.toString() : `${numerator}/${denominator}`;
};

/** `14/31 + 1`: the sources write sums out. */
export const sumOfText = (text: string): string =>
  fractionText(sumOfParts(text.split('+').map((part) => fraction(part.trim()))));

/** `365.25/12`: a ratio of decimals. */
export const ratioOf = (text: string): Fraction => {
  const [part, whole] = text.split('/');
  return dividedFraction(fractionOf(decimal(part!)), fractionOf(decimal(whole ?? '1')));
};

/** So many of so many days. */
export const share = (days: number, period: number): Fraction => ({
  numerator: BigInt(days),
  denominator: BigInt(period),
});

const ROUNDINGS: Readonly<Record<string, Rounding>> = {
  half_up: 'half_up',
  half_even: 'half_even',
  bankers: 'half_even',
  up: 'up',
  ceil: 'up',
  down: 'down',
  floor: 'down',
  truncate: 'down',
};

/** Away from zero unless the case names another one. */
export const rounding = (name: string | undefined): Rounding => ROUNDINGS[name ?? 'half_up'] ?? 'half_up';

/** Of an answer, what the case asks for. */
export const asked = (answer: Readonly<Record<string, unknown>>, expected: object): Record<string, unknown> =>
  Object.fromEntries(Object.keys(expected).map((key) => [key, answer[key]]));

/** Currencies by the digits of their minor unit: cases name none. */
export const CURRENCIES: Readonly<Record<number, string>> = { 0: 'JPY', 2: 'USD', 3: 'KWD', 4: 'CLF' };

import { Decimal, isDecimal, powerOfTen } from '../decimal.js';
import { refuse } from '../domain-error.js';
import { roundedQuotient, type Rounding } from '../rounding.js';
import { currencyExponent } from './currency.js';

/** An amount in minor units of an ISO 4217 currency. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export const money = (minor: bigint, currency: string): Money => ({ minor, currency });

const sameCurrency = (left: Money, right: Money): string =>
  left.currency === right.currency
    ? left.currency
    : refuse('currency_mismatch', `${left.currency} and ${right.currency} do not add up.`);

export const plus = (left: Money, right: Money): Money => money(left.minor + right.minor, sameCurrency(left, right));
export const minus = (left: Money, right: Money): Money => money(left.minor - right.minor, sameCurrency(left, right));
export const negated = ({ minor, currency }: Money): Money => money(-minor, currency);

export const sum = (amounts: Iterable<Money>, currency: string): Money => {
  let total = money(0n, currency);
  for (const amount of amounts) total = plus(total, amount);
  return total;
};

/** A decimal in major units, as text: `24.55`, with exactly the currency's digits. */
export const majorUnits = ({ minor, currency }: Money): string => {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return minor < 0n ? `-${text}` : text;
};

/** What stored amounts can hold: 30 digits of minor units. */
const MINOR_MAX = powerOfTen(30) - 1n;

/** @throws DomainError `invalid_amount`: not a decimal, more digits than the currency has, or larger than can be stored. */
export const parseMoney = (amount: string, currency: string): Money => {
  const exponent = currencyExponent(currency);
  if (!isDecimal(amount)) return refuse('invalid_amount', `“${String(amount).slice(0, 64)}” is not a decimal amount.`);
  const decimal = Decimal.parse(amount);
  const excess = decimal.scale - exponent;
  if (excess > 0 && decimal.coefficient % powerOfTen(excess) !== 0n) {
    return refuse('invalid_amount', `${amount} has more digits than ${currency} (${exponent}).`);
  }
  const { minor } = money(decimal.rounded(exponent, 'half_up').coefficientAt(exponent), currency);
  if (minor > MINOR_MAX || minor < -MINOR_MAX) return refuse('invalid_amount', `${amount} is too large an amount.`);
  return money(minor, currency);
};

/** A part of a whole, kept exact until the one rounding: 17/31 of a month. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Major units, times a fraction, rounded once to minor units. */
export const roundedToMinor = (major: Decimal, currency: string, rounding: Rounding, part?: Fraction): Money => {
  const numerator = major.coefficient * powerOfTen(currencyExponent(currency)) * (part?.numerator ?? 1n);
  return money(roundedQuotient(numerator, powerOfTen(major.scale) * (part?.denominator ?? 1n), rounding), currency);
};

import { currencyExponent, isCurrency, money, powerOfTen, roundedQuotient, type Money } from '#kernel';
import type { AmountRule } from '../amount-rule.js';

/** Digits of what the API calls an amount, where they are not two; ISO 4217 has others for some of these (docs.stripe.com/currencies). */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ').map((currency) => [currency, 0]),
  ),
  ...Object.fromEntries('BHD JOD KWD OMR TND'.split(' ').map((currency) => [currency, 3])),
  // They lost their digits, and are still sent with two.
  ISK: 2,
  UGX: 2,
};

/** In amounts of the API; other currencies have what fifty cents of a dollar are that day, and are refused by the gateway. */
const MINIMUMS: Readonly<Record<string, bigint>> = {
  USD: 50n,
  AED: 200n,
  AUD: 50n,
  BRL: 50n,
  CAD: 50n,
  CHF: 50n,
  CZK: 1_500n,
  DKK: 250n,
  EUR: 50n,
  GBP: 30n,
  HKD: 400n,
  HUF: 17_500n,
  INR: 50n,
  JPY: 50n,
  MXN: 1_000n,
  MYR: 200n,
  NOK: 300n,
  NZD: 50n,
  PLN: 200n,
  RON: 200n,
  SEK: 300n,
  SGD: 50n,
  THB: 1_000n,
};
/** Eight digits. */
const MAXIMUM = 99_999_999n;

const digitsOf = (currency: string): number => DIGITS[currency] ?? 2;

/** @param minimums in minor units: what the account has agreed on, beside what everybody has */
export const stripeAmountRule = (
  currency: string,
  minimums: Readonly<Record<string, bigint>> = {},
): AmountRule | undefined => {
  if (!isCurrency(currency)) return undefined;
  const digits = digitsOf(currency);
  const ours = currencyExponent(currency);
  if (ours !== digits && DIGITS[currency] === undefined) return undefined;
  const finer = powerOfTen(Math.max(0, ours - digits));
  const coarser = powerOfTen(Math.max(0, digits - ours));
  // Card networks settle three digits in steps of ten (docs.stripe.com/currencies).
  const step = digits === 3 ? 10n : finer;
  const least = (MINIMUMS[currency] ?? 1n) * finer;
  const minimum = minimums[currency] ?? least;
  return {
    step,
    minimum: minimum < step ? step : minimum,
    maximum: ((MAXIMUM * finer) / coarser / step) * step,
  };
};

/** What the API calls the amount. @throws RangeError where it has none: `stripeAmountRule` says which have one */
export const amountAtStripe = ({ minor, currency }: Money): number => {
  const digits = digitsOf(currency);
  const ours = currencyExponent(currency);
  const divisor = powerOfTen(Math.max(0, ours - digits));
  if (minor % divisor !== 0n) throw new RangeError(`${minor} minor units of ${currency} are no amount at Stripe.`);
  return Number((minor * powerOfTen(Math.max(0, digits - ours))) / divisor);
};

/** Fees of currencies that lost their digits may lie between two units: half of one is one. */
export const moneyOfStripe = (amount: number, code: string): Money => {
  const currency = code.toUpperCase();
  const ours = currencyExponent(currency);
  const digits = digitsOf(currency);
  const grown = BigInt(amount) * powerOfTen(Math.max(0, ours - digits));
  return money(roundedQuotient(grown, powerOfTen(Math.max(0, digits - ours)), 'half_up'), currency);
};

import { code as currencyRecord, codes } from 'currency-codes';

/** Codes of the standard for what is no money: none, and tests. */
const NO_MONEY = new Set(['XXX', 'XTS']);

const exponents = new Map<string, number | undefined>();

const exponentOrUndefined = (currency: string): number | undefined => {
  if (!exponents.has(currency))
    exponents.set(currency, isCode(currency) ? currencyRecord(currency)?.digits : undefined);
  return exponents.get(currency);
};

const isCode = (text: string): boolean => /^[A-Z]{3}$/.test(text) && !NO_MONEY.has(text);

/** Whether this is the alphabetic code of an ISO 4217 currency. */
export const isCurrency = (currency: string): boolean => exponentOrUndefined(currency) !== undefined;

/** Digits of the minor unit by ISO 4217: USD 2, JPY 0, KWD 3. */
export const currencyExponent = (currency: string): number => {
  const exponent = exponentOrUndefined(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency.`);
  return exponent;
};

/** Every currency with the digits of its minor unit. */
export const CURRENCY_DIGITS: readonly (readonly [currency: string, digits: number])[] = codes()
  .filter(isCurrency)
  .map((currency) => [currency, currencyExponent(currency)]);

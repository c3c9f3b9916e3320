import type { LocalDate } from '../calendar/local-date.js';
import { CURRENCY_TABLE, ENDED, NEW, NO_MINOR_UNIT } from './iso-4217.js';

const exponents: ReadonlyMap<string, number> = new Map(CURRENCY_TABLE);

/** Whether this is, or was, the alphabetic code of an ISO 4217 currency: what is stored stays readable for good. */
export const isCurrency = (currency: string): boolean => exponents.has(currency);

/** Digits of the minor unit by ISO 4217: USD 2, JPY 0, KWD 3. */
export const currencyExponent = (currency: string): number => {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency.`);
  return exponent;
};

/** Every currency with the digits of its minor unit. */
export const CURRENCY_DIGITS: readonly (readonly [currency: string, digits: number])[] = CURRENCY_TABLE;

export interface CurrencyRefusal {
  readonly code: 'unknown_currency' | 'currency_ended' | 'currency_not_begun' | 'currency_without_minor_unit';
  readonly message: string;
}

/** Why nothing begins to be billed in a currency on a day; undefined where it may. */
export const currencyRefusal = (currency: string, on: LocalDate): CurrencyRefusal | undefined => {
  if (!isCurrency(currency)) return { code: 'unknown_currency', message: 'This is not an ISO 4217 currency.' };
  if (NO_MINOR_UNIT.has(currency)) {
    return {
      code: 'currency_without_minor_unit',
      message: `${currency} has no minor unit: nothing is billed in it.`,
    };
  }
  const { [currency]: end } = ENDED;
  if (end !== undefined && end <= on) return { code: 'currency_ended', message: `${currency} ended on ${end}.` };
  const { [currency]: begin } = NEW;
  return begin !== undefined && on < begin
    ? { code: 'currency_not_begun', message: `${currency} begins on ${begin}.` }
    : undefined;
};

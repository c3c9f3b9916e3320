import { currencyExponent, majorUnits, type LocalDate, type Money } from '#kernel';
import type { Days } from './days.js';

/** Numbers and days as people of a language write them: in Western digits, by the Gregorian calendar, and exact. */
export interface Formats {
  money(amount: Money): string;
  /** An amount of major units with all the digits that it has. */
  price(major: string, currency: string): string;
  decimal(text: string): string;
  /** 19 is 19 %. */
  percent(text: string): string;
  day(date: LocalDate): string;
  days(days: Days): string;
}

/** A decimal as text, which `format` takes as exactly as it is; numbers of JavaScript are binary fractions. */
type Exact = Intl.StringNumericLiteral;

const FRACTION_DIGITS_MAX = 24;
/** Their signs are in fonts of their own scripts alone. */
const WITHOUT_SIGN: ReadonlySet<string> = new Set(['THB']);

export const formatsIn = (locale: string): Formats => {
  const number = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { numberingSystem: 'latn', ...options });
  const ofDay = (dateStyle: 'long' | 'medium') =>
    new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
  const decimals = number({ maximumFractionDigits: FRACTION_DIGITS_MAX });
  const percents = number({ style: 'unit', unit: 'percent', maximumFractionDigits: FRACTION_DIGITS_MAX });
  const [long, medium] = [ofDay('long'), ofDay('medium')];
  const currencies = (currency: string, most: number) => {
    const least = currencyExponent(currency);
    return number({
      style: 'currency',
      currency,
      currencyDisplay: WITHOUT_SIGN.has(currency) ? 'code' : 'symbol',
      minimumFractionDigits: least,
      maximumFractionDigits: Math.max(least, most),
    });
  };
  return {
    money: (amount) => currencies(amount.currency, 0).format(majorUnits(amount) as Exact),
    price: (major, currency) => currencies(currency, FRACTION_DIGITS_MAX).format(major as Exact),
    decimal: (text) => decimals.format(text as Exact),
    percent: (text) => percents.format(text as Exact),
    day: (date) => long.format(noonOf(date)),
    days: ({ first, last }) =>
      first === last ? medium.format(noonOf(first)) : medium.formatRange(noonOf(first), noonOf(last)),
  };
};

const noonOf = (date: LocalDate): number => Date.parse(`${date}T12:00:00Z`);

import { currencyExponent, majorUnits, type LocalDate, type Money } from '#kernel';
import { LRUCache } from 'lru-cache';
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
  /** What a code of ISO 3166-1 is called; one that is none stays as it is. */
  country(code: string): string;
}

/** A decimal as text, which `format` takes as exactly as it is; numbers of JavaScript are binary fractions. */
type Exact = Intl.StringNumericLiteral;

const FRACTION_DIGITS_MAX = 24;
/** Their signs are in fonts of their own scripts alone. */
const WITHOUT_SIGN: ReadonlySet<string> = new Set(['THB']);

/** What a format takes of memory is out of sight of the garbage collector: made anew for each document, they pile up. */
const LOCALES_MAX = 32;
const CURRENCIES_MAX = 16;

const known = new LRUCache<string, Formats>({ max: LOCALES_MAX, memoMethod: (locale) => madeFormats(locale) });

export const formatsIn = (locale: string): Formats => known.memo(locale);

const madeFormats = (locale: string): Formats => {
  const number = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { numberingSystem: 'latn', ...options });
  const ofDay = (dateStyle: 'long' | 'medium') =>
    new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
  const decimals = number({ maximumFractionDigits: FRACTION_DIGITS_MAX });
  const percents = number({ style: 'unit', unit: 'percent', maximumFractionDigits: FRACTION_DIGITS_MAX });
  const [long, medium] = [ofDay('long'), ofDay('medium')];
  const currencies = (most: number) =>
    new LRUCache<string, Intl.NumberFormat>({
      max: CURRENCIES_MAX,
      memoMethod: (currency) => {
        const least = currencyExponent(currency);
        return number({
          style: 'currency',
          currency,
          currencyDisplay: WITHOUT_SIGN.has(currency) ? 'code' : 'symbol',
          minimumFractionDigits: least,
          maximumFractionDigits: Math.max(least, most),
        });
      },
    });
  const regions = new Intl.DisplayNames(locale, { type: 'region' });
  const [amounts, prices] = [currencies(0), currencies(FRACTION_DIGITS_MAX)];
  return {
    money: (amount) => amounts.memo(amount.currency).format(majorUnits(amount) as Exact),
    price: (major, currency) => prices.memo(currency).format(major as Exact),
    decimal: (text) => decimals.format(text as Exact),
    percent: (text) => percents.format(text as Exact),
    day: (date) => long.format(noonOf(date)),
    days: ({ first, last }) =>
      first === last ? medium.format(noonOf(first)) : medium.formatRange(noonOf(first), noonOf(last)),
    country: (code) => (/^[A-Z]{2}$/u.test(code) ? regions.of(code)! : code),
  };
};

const noonOf = (date: LocalDate): number => Date.parse(`${date}T12:00:00Z`);

import { daysBetween, negated, type LocalDate, type Money } from '#kernel';
import { amountAt, dateAt, malformed } from './malformed.js';
import { mt940Day, mt940Decimal } from './mt940-values.js';
import type { BankLine } from './statement.js';

const ENTRY =
  /^(\d{6})(\d{4})?(E?R?[CD])([A-Z])?(\d{1,12},\d{0,5}|\d{1,15})([NFS][A-Z0-9]{3})?([^\n]*?)(?:\/\/([^\n]*))?(?:\n([\s\S]*))?$/u;

type Entry = Pick<BankLine, 'amount' | 'bookedOn' | 'valueOn' | 'reversal' | 'bankReference'> & {
  /** The line below: charges and the original amount, by banks that tell them there. */
  readonly supplement: string;
};

/** `:61:`. Null for an entry that is only expected (`EC`, `ED`). */
export const entryOf = (text: string, currency: string, place: string): Entry | null => {
  const found = ENTRY.exec(text.trimEnd()) ?? malformed(`${place} is not an entry (“:61:”).`);
  const [, value, booked, mark, , amount, , , reference, supplement = ''] = found;
  if (mark!.startsWith('E')) return null;
  const valueOn = mt940Day(value!, place);
  const bankReference = reference?.trim();
  return {
    amount: signed(amountAt(place, mt940Decimal(amount!), currency), mark!),
    bookedOn: booked === undefined ? valueOn : nearest(booked, valueOn, place),
    valueOn,
    reversal: mark!.startsWith('R'),
    ...(bankReference === undefined || bankReference === '' || bankReference === 'NONREF' ? {} : { bankReference }),
    supplement,
  };
};

/** The taking back of a credit (`RC`) goes out, that of a debit (`RD`) comes in. */
const signed = (amount: Money, mark: string): Money => (mark === 'C' || mark === 'RD' ? amount : negated(amount));

/** The day of booking has no year: it is the one next to the day of value, across the end of a year as well. */
const nearest = (monthAndDay: string, valueOn: LocalDate, place: string): LocalDate => {
  const year = Number(valueOn.slice(0, 4));
  const inYear = (on: number) => `${on}-${monthAndDay.slice(0, 2)}-${monthAndDay.slice(2)}`;
  // 29 February is there in one of the three at most.
  const days = [year, year - 1, year + 1]
    .filter((on) => monthAndDay !== '0229' || isLeap(on))
    .map((on) => dateAt(place, inYear(on)));
  const distance = (day: LocalDate) => Math.abs(daysBetween(day, valueOn));
  return days.length === 0
    ? malformed(`${place} is booked on a day that is not.`)
    : days.reduce((best, day) => (distance(day) < distance(best) ? day : best));
};

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

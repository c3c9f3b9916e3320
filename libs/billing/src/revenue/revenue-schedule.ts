import {
  allocate,
  dayOfMonth,
  dayOfMonthAfter,
  daysBetween,
  epochMicroseconds,
  localDateOf,
  startOfDay,
  type Instant,
  type LocalDate,
} from '#kernel';

/** `2026-01`. */
export type Month = string;

/** What is earned over a service period, in minor units. */
export interface Earning {
  readonly amount: bigint;
  readonly start: Instant;
  readonly end: Instant;
  readonly timeZone: string;
}

/**
 * How it is spread (ASC 606, straight line). `by_day`: each day that begins in the period bears the same, the first in full.
 * `by_time`: to the microsecond. `even_months`: each month of the period, from its own day on, bears the same.
 * `even_months_prorated_ends`: months that are not whole bear their time, the whole ones share the rest.
 */
export type RecognitionMethod = 'by_day' | 'by_time' | 'even_months' | 'even_months_prorated_ends';

export type RevenueSchedule = ReadonlyMap<Month, bigint>;

/**
 * What is earned in each month. By day and by time, the amount is allocated by largest remainder to the months by what of the
 * period lies in them. Even parts are cut off to the minor unit and the last of them takes what is left. Months always sum
 * to the amount. (Stripe, revenue recognition methods.)
 */
export const revenueSchedule = (earning: Earning, method: RecognitionMethod): RevenueSchedule => {
  switch (method) {
    case 'by_day':
    case 'by_time':
      return proportional(earning, method);
    case 'even_months':
      return evenMonths(earning);
    case 'even_months_prorated_ends':
      return evenMonthsProratedEnds(earning);
  }
};

/** What is not yet earned at the end of a month. */
export const deferredAtEndOf = ({ amount }: Pick<Earning, 'amount'>, schedule: RevenueSchedule, month: Month): bigint =>
  [...schedule].reduce((left, [earnedIn, earned]) => (earnedIn <= month ? left - earned : left), amount);

const monthOf = (date: LocalDate): Month => date.slice(0, 7);

/** The months that the period touches, each with its part of it. */
const proportional = (earning: Earning, method: 'by_day' | 'by_time'): RevenueSchedule => {
  const { amount, start, end, timeZone } = earning;
  const [first, last] = [localDateOf(start, timeZone), localDateOf(end, timeZone)];
  const lengthUntil = (date: LocalDate): bigint =>
    method === 'by_day'
      ? BigInt(daysBetween(first, date < last ? date : last))
      : lesser(epochMicroseconds(startOfDay(date, timeZone)), epochMicroseconds(end)) - epochMicroseconds(start);
  const whole =
    method === 'by_day' ? BigInt(daysBetween(first, last)) : epochMicroseconds(end) - epochMicroseconds(start);
  if (whole <= 0n) return new Map([[monthOf(first), amount]]);
  const months: Month[] = [];
  const lengths: bigint[] = [];
  let passed = 0n;
  for (let month = dayOfMonthAfter(first, 0, 1); passed < whole; month = dayOfMonthAfter(month, 1, 1)) {
    const until = lengthUntil(dayOfMonthAfter(month, 1, 1));
    months.push(monthOf(month));
    lengths.push(until - passed);
    passed = until;
  }
  return new Map(allocate(amount, lengths).map((part, index) => [months[index]!, part]));
};

const lesser = (left: bigint, right: bigint): bigint => (left < right ? left : right);

/** The months counted from the day on which the period starts, by the calendar month that each begins in. */
const evenMonths = ({ amount, start, end, timeZone }: Earning): RevenueSchedule => {
  const [first, last] = [localDateOf(start, timeZone), localDateOf(end, timeZone)];
  const months: Month[] = [monthOf(first)];
  for (let turn = 1; ; turn++) {
    const begins = dayOfMonthAfter(first, turn, dayOfMonth(first));
    if (begins >= last) break;
    months.push(monthOf(begins));
  }
  return evenly(amount, months);
};

const evenMonthsProratedEnds = (earning: Earning): RevenueSchedule => {
  const { amount, start, end, timeZone } = earning;
  const byTime = [...proportional(earning, 'by_time')];
  const isWhole = (month: Month): boolean => {
    const begins = `${month}-01` as LocalDate;
    const [from, until] = [startOfDay(begins, timeZone), startOfDay(dayOfMonthAfter(begins, 1, 1), timeZone)];
    return epochMicroseconds(from) >= epochMicroseconds(start) && epochMicroseconds(until) <= epochMicroseconds(end);
  };
  const whole = byTime.filter(([month]) => isWhole(month)).map(([month]) => month);
  if (whole.length === 0) return new Map(byTime);
  const ends = byTime.filter(([month]) => !isWhole(month));
  const shared = evenly(
    ends.reduce((left, [, earned]) => left - earned, amount),
    whole,
  );
  const parts = new Map([...ends, ...shared]);
  return new Map(byTime.map(([month]) => [month, parts.get(month)!]));
};

const evenly = (amount: bigint, months: readonly Month[]): RevenueSchedule => {
  const part = amount / BigInt(months.length);
  const last = amount - part * BigInt(months.length - 1);
  return new Map(months.map((month, index) => [month, index === months.length - 1 ? last : part]));
};

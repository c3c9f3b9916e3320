import type { Month } from './revenue-schedule.js';
import type { Fact, Revenue } from '#contracts';
import { dayOfMonthAfter, type LocalDate } from '#kernel';

/** What is told of a month that is not booked, in minor units: what of it is put off until it is, and what was booked with documents. */
export interface OpenMonth {
  deferred: bigint;
  earned: bigint;
}

/** What a document says of a month before its own. */
export interface InvoicedLater {
  readonly day: LocalDate;
  readonly month: Month;
  readonly minor: bigint;
  /** Booked as put off, and not as revenue. */
  readonly deferred: boolean;
}

/** When what is billed of an account is earned, as far as it is not booked. */
export interface AccountRevenue {
  /** The last month that is booked; null before the first. */
  bookedThrough: Month | null;
  readonly months: Map<Month, OpenMonth>;
  later: InvoicedLater[];
  /** What is accrued for services that no invoice bills, by `billedKey`, in minor units. */
  readonly accrued: Map<string, bigint>;
}

export const noRevenue = (): AccountRevenue => ({
  bookedThrough: null,
  months: new Map(),
  later: [],
  accrued: new Map(),
});

export const monthOf = (day: LocalDate): Month => day.slice(0, 7);

/** The day on which a document of a day is booked: months that are booked stay as they are. */
export const openDay = ({ bookedThrough }: Pick<AccountRevenue, 'bookedThrough'>, day: LocalDate): LocalDate =>
  bookedThrough === null || monthOf(day) > bookedThrough ? day : firstDayAfter(bookedThrough);

export const firstDayAfter = (month: Month): LocalDate => dayOfMonthAfter(`${month}-01` as LocalDate, 1, 1);

/** Notes what a document of a day says. */
export const told = (revenue: AccountRevenue, { deferred, earned }: Revenue, day: LocalDate): void => {
  for (const [parts, isDeferred] of [
    [deferred, true],
    [earned, false],
  ] as const) {
    for (const { month, amount } of parts) {
      const open = openMonth(revenue, month);
      open[isDeferred ? 'deferred' : 'earned'] += amount.minor;
      if (month < monthOf(day)) revenue.later.push({ day, month, minor: amount.minor, deferred: isDeferred });
    }
  }
};

const openMonth = ({ months }: AccountRevenue, month: Month): OpenMonth => {
  let open = months.get(month);
  if (!open) months.set(month, (open = { deferred: 0n, earned: 0n }));
  return open;
};

/** All that counts until the end of a month is in the books from now on. */
export const booked = (revenue: AccountRevenue, { month, services }: Fact<'RevenueRecognized'>['data']): void => {
  revenue.bookedThrough = month;
  for (const one of revenue.months.keys()) if (one <= month) revenue.months.delete(one);
  revenue.later = revenue.later.filter((one) => one.month > month);
  revenue.accrued.clear();
  for (const { service, amount } of services) revenue.accrued.set(service, amount.minor);
};

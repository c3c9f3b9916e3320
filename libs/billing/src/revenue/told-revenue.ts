import type { Month, RevenueSchedule } from './revenue-schedule.js';
import type { Revenue, RevenuePart } from '#contracts';
import { money, type LocalDate } from '#kernel';
import { firstDayAfter, monthOf, type AccountRevenue } from './account-revenue.js';

/** When something is earned, and whether that is put off until its month is booked. */
export interface Scheduled {
  readonly schedule: RevenueSchedule;
  readonly deferred: boolean;
}

/** What a document changes about when something is earned. */
export interface ScheduleChange {
  readonly before: Scheduled;
  readonly after: Scheduled;
}

export const NOT_SCHEDULED: Scheduled = { schedule: new Map(), deferred: false };

/** What is neither served nor used over time is earned with its document. */
export const earnedAtOnce = (net: bigint, day: LocalDate): ScheduleChange => ({
  before: NOT_SCHEDULED,
  after: net === 0n ? NOT_SCHEDULED : { schedule: new Map([[monthOf(day), net]]), deferred: false },
});

interface Telling {
  readonly day: LocalDate;
  readonly currency: string;
  /** What is accrued for the services that the document bills. */
  readonly accrued?: bigint;
}

/**
 * What a document of a day says of revenue. Months that are booked stay as they are: what is of one counts in the month after the last of them. What is not put
 * off is earned with its document at the latest.
 */
export const revenueOf = (
  changes: readonly ScheduleChange[],
  { bookedThrough }: Pick<AccountRevenue, 'bookedThrough'>,
  { day, currency, accrued = 0n }: Telling,
): Revenue => {
  const deferred = new Map<string, bigint>();
  const earned = new Map<string, bigint>();
  const open = bookedThrough === null ? '' : monthAfter(bookedThrough);
  const tell = ({ schedule, deferred: isDeferred }: Scheduled, sign: 1n | -1n): void => {
    for (const [month, minor] of schedule) {
      if (month < open) add(earned, `${open} ${month}`, sign * minor);
      else if (isDeferred) add(deferred, month, sign * minor);
      else add(earned, later(open, month < monthOf(day) ? month : monthOf(day)), sign * minor);
    }
  };
  for (const { before, after } of changes) {
    tell(before, -1n);
    tell(after, 1n);
  }
  if (accrued !== 0n) add(earned, `${open} ${bookedThrough}`, -accrued);
  return {
    deferred: partsOf(deferred, currency),
    earned: partsOf(earned, currency),
    ...(accrued === 0n ? {} : { accrued: money(accrued, currency) }),
  };
};

const later = (one: Month, other: Month): Month => (one < other ? other : one);

const add = (parts: Map<string, bigint>, key: string, minor: bigint): void => {
  parts.set(key, (parts.get(key) ?? 0n) + minor);
};

const partsOf = (parts: ReadonlyMap<string, bigint>, currency: string): RevenuePart[] =>
  [...parts]
    .filter(([, minor]) => minor !== 0n)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, minor]) => {
      const [month, servedIn] = key.split(' ') as [Month, Month?];
      return { month, ...(servedIn === undefined ? {} : { servedIn }), amount: money(minor, currency) };
    });

export const monthAfter = (month: Month): Month => monthOf(firstDayAfter(month));

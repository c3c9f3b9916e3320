import { revenueSchedule, type Month, type RevenueSchedule } from './revenue-schedule.js';
import type { InvoiceLine, Service } from '#contracts';
import { allocate, epochMicroseconds, localDateOf, plusDays, plusDuration, startOfDay } from '#kernel';
import type { Gap } from '../invoice/invoice-line.js';
import { monthOf } from './account-revenue.js';
import type { Scheduled } from './told-revenue.js';

/** When a service is earned: day by day, or with its end (what is used is known then), or as it begins (what is done once). */
export type EarnedBy = 'time' | 'end' | 'start';

/** What is billed of a service, without taxes, and when it is earned. */
export interface EarnedService {
  readonly net: bigint;
  readonly service: Service;
  readonly earnedBy: EarnedBy;
  /** Pauses within it, in which nothing is earned. */
  readonly gaps?: readonly Gap[] | undefined;
  /** It is put off until its month is booked. */
  readonly deferred: boolean;
}

export const scheduled = (earned: EarnedService): Scheduled => ({
  schedule: scheduleOf(earned),
  deferred: earned.deferred && earned.net >= 0n,
});

export const earnedByOf = ({ kind, inputs }: Pick<InvoiceLine, 'kind' | 'inputs'>): EarnedBy =>
  inputs !== undefined ? 'end' : kind === 'one_time' ? 'start' : 'time';

/**
 * What is earned in each month, by the days of the service's own zone; where it does not begin and end with a day, or pauses, by the time. Always sums to what is
 * billed. Where more was given back than billed, nothing is left to be earned later.
 */
export const scheduleOf = ({ net, service, earnedBy, gaps }: Omit<EarnedService, 'deferred'>): RevenueSchedule => {
  if (net === 0n) return NOTHING;
  const { localStart, localEnd, start, end, timeZone } = service;
  const first = monthOf(localStart);
  if (earnedBy === 'start' || net < 0n || start === end) return new Map([[first, net]]);
  const lastDay = localEnd > localStart ? plusDays(localEnd, -1) : localStart;
  // Within one month, whatever the hours are.
  if (first === monthOf(localEnd) || (first === monthOf(lastDay) && isMidnight(service)))
    return new Map([[first, net]]);
  if (earnedBy === 'end') return new Map([[monthOf(localDateOf(plusDuration(end, { seconds: -1 }), timeZone)), net]]);
  if (gaps !== undefined) return aroundGaps(net, service, gaps);
  const wholeDays = startOfDay(localStart, timeZone) === start && isMidnight(service);
  return revenueSchedule({ amount: net, start, end, timeZone }, wholeDays ? 'by_day' : 'by_time');
};

const NOTHING: RevenueSchedule = new Map();

const isMidnight = ({ localEnd, end, timeZone }: Service): boolean => startOfDay(localEnd, timeZone) === end;

/** By the time that lies in each month outside of the gaps. */
const aroundGaps = (net: bigint, { start, end, timeZone }: Service, gaps: readonly Gap[]): RevenueSchedule => {
  const lengths = new Map<Month, bigint>();
  const starts = [start, ...gaps.map((gap) => gap.end)];
  for (const [index, from] of starts.entries()) {
    const to = gaps[index]?.start ?? end;
    const amount = epochMicroseconds(to) - epochMicroseconds(from);
    if (amount <= 0n) continue;
    // What lasts as long as it earns, earns in each month as long as it lasts there.
    for (const [month, length] of revenueSchedule({ amount, start: from, end: to, timeZone }, 'by_time'))
      lengths.set(month, (lengths.get(month) ?? 0n) + length);
  }
  if (lengths.size === 0) return new Map([[monthOf(localDateOf(start, timeZone)), net]]);
  const parts = allocate(net, [...lengths.values()]);
  return new Map([...lengths.keys()].map((month, index) => [month, parts[index]!]));
};

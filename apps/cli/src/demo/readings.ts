import { DAILY_CALLS } from './catalog.js';
import type { Chance } from './chance.js';
import type { Customer } from './customers.js';
import type { Stay } from './decisions.js';
import { dayOf, instantOf } from './stops.js';

export interface DemoReading {
  readonly id: string;
  readonly event: string;
  readonly accountId: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, number>>;
}

const HOUR_MILLISECONDS = 3_600_000;
const DAYS_APART = 2;
const GROWTH_A_MONTH = 0.03;
const LATE_SHARE = 0.2;

/** What a customer used from one moment to another, in sums of two days; whoever grows, calls more. */
export const readingsOf = (
  customer: Customer,
  stays: readonly Stay[],
  [from, to]: readonly [Date, Date],
  begin: Date,
  chance: Chance,
): readonly DemoReading[] =>
  stays.flatMap(({ plan, ...stay }) => {
    const readings: DemoReading[] = [];
    const ends = Math.min(to.getTime(), stay.to.getTime());
    for (let at = firstAfter(from, begin); at < ends; at += DAYS_APART * 24 * HOUR_MILLISECONDS) {
      if (at < stay.from.getTime()) continue;
      const moment = new Date(at);
      const months = (at - begin.getTime()) / (30 * 24 * HOUR_MILLISECONDS);
      const day = 0.7 + 0.6 * chance.fraction(customer.key, 'calls', at);
      const calls = Math.round(DAILY_CALLS[plan] * DAYS_APART * day * (1 + GROWTH_A_MONTH * months));
      readings.push(reading(customer, 'api.calls', moment, { calls }));
      if (plan === 'scale') readings.push(reading(customer, 'storage.measured', moment, storage(months, calls)));
    }
    return readings;
  });

/** Whether a reading arrives only after the month that it is of. */
export const isLate = ({ late }: Customer, { id }: DemoReading, chance: Chance): boolean =>
  late && chance.happens(LATE_SHARE, 'late', id);

const storage = (months: number, calls: number): Readonly<Record<string, number>> => ({
  gigabytes: Math.round(400 + 35 * months + calls / 5_000),
});

const reading = ({ key }: Customer, event: string, at: Date, properties: DemoReading['properties']): DemoReading => ({
  id: `${key} ${event} ${dayOf(at)}`,
  event,
  accountId: `external:${key}`,
  at: instantOf(at),
  properties,
});

/** At noon of every second day since the beginning. */
const firstAfter = (from: Date, begin: Date): number => {
  const apart = DAYS_APART * 24 * HOUR_MILLISECONDS;
  const first = begin.getTime() + 12 * HOUR_MILLISECONDS;
  return first + Math.max(0, Math.ceil((from.getTime() - first) / apart)) * apart;
};

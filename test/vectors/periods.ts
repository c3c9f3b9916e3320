import { parseLocalDate, rhythmFrom, type Interval, type Rhythm } from '#kernel';

/** The periods of others by their names (Kill Bill's billing periods, Lago's and Meteroid's cadences). */
const INTERVALS: Readonly<Record<string, Interval>> = {
  daily: { unit: 'day', count: 1 },
  weekly: { unit: 'week', count: 1 },
  biweekly: { unit: 'week', count: 2 },
  thirty_days: { unit: 'day', count: 30 },
  thirty_one_days: { unit: 'day', count: 31 },
  sixty_days: { unit: 'day', count: 60 },
  ninety_days: { unit: 'day', count: 90 },
  monthly: { unit: 'month', count: 1 },
  bimestrial: { unit: 'month', count: 2 },
  quarterly: { unit: 'month', count: 3 },
  triannual: { unit: 'month', count: 4 },
  biannual: { unit: 'month', count: 6 },
  semiannual: { unit: 'month', count: 6 },
  annual: { unit: 'year', count: 1 },
  yearly: { unit: 'year', count: 1 },
  sesquiennial: { unit: 'month', count: 18 },
  biennial: { unit: 'year', count: 2 },
  triennial: { unit: 'year', count: 3 },
  day: { unit: 'day', count: 1 },
  week: { unit: 'week', count: 1 },
  month: { unit: 'month', count: 1 },
  quarter: { unit: 'month', count: 3 },
  half_year: { unit: 'month', count: 6 },
  year: { unit: 'year', count: 1 },
};

export const intervalNamed = (period: string): Interval => {
  const interval = INTERVALS[period];
  if (!interval) throw new Error(`No interval is named ${period}.`);
  return interval;
};

/** Every so many of a unit. */
export const intervalOf = (step: string, every: number): Interval => {
  const { unit, count } = intervalNamed(step);
  return { unit, count: count * every };
};

/** A subscription that starts on a day and turns on a day of the month. */
export const rhythmAt = (start: string, period: string, day: number): Rhythm =>
  rhythmFrom(parseLocalDate(start), intervalNamed(period), { align: 'subscription', day });

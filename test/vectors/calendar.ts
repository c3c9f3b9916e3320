import {
  billingInterval,
  calendarRhythm,
  cycleContaining,
  cyclesElapsed,
  dayOfMonth,
  dayOfMonthAfter,
  daysBetween,
  lastCompletedPeriod,
  localDateOf,
  parseInstant,
  parseLocalDate,
  periodContaining,
  plusIntervals,
  plusLocalIntervals,
  rhythmFrom,
  startOfDay,
  turningDay,
  turningDayAfter,
  turningDayFrom,
  wholeCycles,
  wholePeriods,
  type CalendarUnit,
  type Rhythm,
} from '#kernel';
import { adapter, type Adapters } from './adapter.js';
import { intervalNamed, intervalOf, rhythmAt } from './periods.js';
import { picked } from './picked.js';

const date = parseLocalDate;

interface Cycle {
  readonly period: string;
  readonly start: string;
  readonly billing_day: number;
}
interface Anchored {
  readonly anchor: string;
  readonly every: number;
  readonly step: string;
}

export interface BillingIntervalInput {
  readonly period: string;
  readonly mode: 'in_advance' | 'in_arrear';
  readonly start: string;
  readonly end: string | null;
  readonly target: string;
  readonly bill_cycle_day: number;
}

interface BilledPeriodInput {
  readonly cadence: string;
  readonly alignment: 'anniversary' | 'calendar';
  readonly pay: 'arrears' | 'advance';
  readonly subscription_date: string;
  readonly billing_at: string;
  readonly timezone: string;
  readonly terminated: boolean;
  readonly current_usage: boolean;
}

const CALENDAR_UNITS: Readonly<Record<string, CalendarUnit>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  semiannual: 'half_year',
  yearly: 'year',
  annual: 'year',
};

const anchored = ({ anchor, every, step }: Anchored): Rhythm => ({
  interval: intervalOf(step, every),
  first: date(anchor),
  day: dayOfMonth(date(anchor)),
});

export const intervalRequest = ({ period, mode, start, end, target, bill_cycle_day: day }: BillingIntervalInput) =>
  ({
    rhythm: rhythmAt(start, period, day),
    start: date(start),
    end: end === null ? null : date(end),
    target: date(target),
    timing: mode === 'in_advance' ? 'in_advance' : 'in_arrears',
  }) as const;

const billedRhythm = ({ cadence, alignment, subscription_date: start }: BilledPeriodInput): Rhythm =>
  alignment === 'calendar'
    ? calendarRhythm(date(start), CALENDAR_UNITS[cadence]!)
    : rhythmFrom(date(start), intervalNamed(cadence), { align: 'subscription' });

export const calendar: Adapters = {
  advance: adapter<{ start: string; period: string; n: number }>(({ start, period, n }) => ({
    date: plusIntervals(date(start), intervalNamed(period), n),
  })),
  align_next_month_day: adapter<{ date: string; bill_cycle_day: number }>((input) => ({
    date: rhythmAt(input.date, 'monthly', input.bill_cycle_day).first,
  })),
  align_same_month: adapter<{ date: string; bill_cycle_day: number }>((input) => ({
    date: dayOfMonthAfter(date(input.date), 0, input.bill_cycle_day),
  })),
  align_weeks: adapter<{ origin: string; date: string; weeks: number }>((input) => ({
    date: turningDayFrom(anchored({ anchor: input.origin, every: input.weeks, step: 'week' }), date(input.date)),
  })),
  anchor_schedule: adapter<Anchored & { count: number }>((input) => ({
    dates: Array.from({ length: input.count }, (_, index) => turningDay(anchored(input), index + 1)),
  })),
  next_from_anchor: adapter<Anchored & { current: string }>((input) => ({
    date: turningDayAfter(anchored(input), date(input.current)),
  })),
  next_calendar_boundary: adapter<{ current: string; unit: CalendarUnit; every: number }>((input) => ({
    date: turningDayAfter(calendarRhythm(date(input.current), input.unit, input.every), date(input.current)),
  })),
  next_local_instant: adapter<{ instant: string; timezone: string; step: string }>((input) => ({
    instant: plusLocalIntervals(parseInstant(input.instant), intervalNamed(input.step), input.timezone),
  })),
  anchored_cycle: adapter<Cycle>(({ period, start, billing_day: day }) =>
    cycleContaining(rhythmAt(start, period, day), date(start), date(start)),
  ),
  containing_cycle: adapter<Cycle & { target: string }>(({ period, start, billing_day: day, target }) =>
    cycleContaining(rhythmAt(start, period, day), date(start), date(target)),
  ),
  elapsed_cycles: adapter<Cycle & { target: string }>(({ period, start, billing_day: day, target }) => ({
    cycles: cyclesElapsed(rhythmAt(start, period, day), date(start), date(target)),
  })),
  arrear_cycle: adapter<{ period: string; invoice_date: string; service_start: string; billing_day: number }>(
    ({ period, invoice_date: invoiceDate, service_start: served, billing_day: day }) =>
      lastCompletedPeriod(rhythmAt(served, period, day), date(invoiceDate), date(served)),
  ),
  billing_interval: adapter<BillingIntervalInput>((input, expected) => {
    const { firstCycle, effectiveEnd, lastCycle, nextCycle } = billingInterval(intervalRequest(input));
    return picked(
      { first_cycle: firstCycle, effective_end: effectiveEnd, last_cycle: lastCycle, next_cycle: nextCycle },
      expected,
    );
  }),
  whole_cycles_bcd: adapter<Omit<BillingIntervalInput, 'mode' | 'end'>>((input) => {
    const request = intervalRequest({ ...input, mode: 'in_advance', end: null });
    return { cycles: wholeCycles({ rhythm: request.rhythm, ...billingInterval(request) }) };
  }),
  whole_periods: adapter<{ start: string; end: string; period: string }>(({ start, end, period }) => ({
    count: wholePeriods(date(start), date(end), intervalNamed(period)),
  })),
  first_cycle_date: adapter<{ start: string; bill_cycle_day: number; period: string }>(
    ({ start, bill_cycle_day: day, period }) => ({ date: rhythmAt(start, period, day).first }),
  ),
  billed_period: adapter<BilledPeriodInput>((input, expected) => {
    const rhythm = billedRhythm(input);
    const on = localDateOf(parseInstant(input.billing_at), input.timezone);
    const completed = input.pay === 'arrears' && !input.terminated && !input.current_usage;
    const period = completed ? lastCompletedPeriod(rhythm, on) : periodContaining(rhythm, on);
    return picked(
      { start: startOfDay(period.start, input.timezone), end: startOfDay(period.end, input.timezone) },
      expected,
    );
  }),
  local_day: adapter<{ instant: string; timezone: string }>(({ instant, timezone }) => ({
    day: dayOfMonth(localDateOf(parseInstant(instant), timezone)),
  })),
  local_days_between: adapter<{ start: string; end: string; timezone: string }>(({ start, end, timezone }) => ({
    days: daysBetween(localDateOf(parseInstant(start), timezone), localDateOf(parseInstant(end), timezone)),
  })),
  days_between: adapter<{ start: string; end: string }>(({ start, end }) => ({
    days: daysBetween(date(start), date(end)),
  })),
  month_end_instant: adapter<{ date: string; timezone: string }>((input) => ({
    end_exclusive: startOfDay(
      periodContaining(calendarRhythm(date(input.date), 'month'), date(input.date)).end,
      input.timezone,
    ),
  })),
};

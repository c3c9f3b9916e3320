import {
  calendarRhythm,
  dayOfMonth,
  dayOfMonthAfter,
  daysBetween,
  localDateOf,
  parseInstant,
  parseLocalDate,
  periodContaining,
  plusDays,
  plusLocalIntervals,
  rhythmFrom,
  startOfDay,
  turningDay,
  type CalendarUnit,
  type Rhythm,
} from '#kernel';
import { adapter, type Adapters } from './adapter.js';
import { cycles } from './cycles.js';
import { intervalNamed, intervalOf, rhythmAt } from './periods.js';
import { picked } from './picked.js';

const date = parseLocalDate;

interface Anchored {
  readonly anchor: string;
  readonly every: number;
  readonly step: string;
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

const OWN_DAY = { align: 'subscription' } as const;

const anchored = ({ anchor, every, step }: Anchored): Rhythm =>
  rhythmFrom(date(anchor), intervalOf(step, every), OWN_DAY);

const billedRhythm = ({ cadence, alignment, subscription_date: start }: BilledPeriodInput): Rhythm =>
  alignment === 'calendar'
    ? calendarRhythm(date(start), CALENDAR_UNITS[cadence]!)
    : rhythmFrom(date(start), intervalNamed(cadence), OWN_DAY);

export const calendar: Adapters = {
  ...cycles,
  advance: adapter<{ start: string; period: string; n: number }>(({ start, period, n }) => ({
    date: turningDay(rhythmFrom(date(start), intervalNamed(period), OWN_DAY), n),
  })),
  align_next_month_day: adapter<{ date: string; bill_cycle_day: number }>((input) => ({
    date: rhythmAt(input.date, 'monthly', input.bill_cycle_day).first,
  })),
  align_same_month: adapter<{ date: string; bill_cycle_day: number }>((input) => ({
    date: dayOfMonthAfter(date(input.date), 0, input.bill_cycle_day),
  })),
  align_weeks: adapter<{ origin: string; date: string; weeks: number }>((input) => ({
    date: periodContaining(
      anchored({ anchor: input.origin, every: input.weeks, step: 'week' }),
      plusDays(date(input.date), -1),
    ).end,
  })),
  anchor_schedule: adapter<Anchored & { count: number }>((input) => ({
    dates: Array.from({ length: input.count }, (_, index) => turningDay(anchored(input), index + 1)),
  })),
  next_from_anchor: adapter<Anchored & { current: string }>((input) => ({
    date: periodContaining(anchored(input), date(input.current)).end,
  })),
  next_calendar_boundary: adapter<{ current: string; unit: CalendarUnit; every: number }>((input) => ({
    date: periodContaining(calendarRhythm(date(input.current), input.unit, input.every), date(input.current)).end,
  })),
  next_local_instant: adapter<{ instant: string; timezone: string; step: string }>((input) => ({
    instant: plusLocalIntervals(parseInstant(input.instant), intervalNamed(input.step), input.timezone),
  })),
  first_cycle_date: adapter<{ start: string; bill_cycle_day: number; period: string }>(
    ({ start, bill_cycle_day: day, period }) => ({ date: rhythmAt(start, period, day).first }),
  ),
  billed_period: adapter<BilledPeriodInput>((input, expected) => {
    const rhythm = billedRhythm(input);
    const on = localDateOf(parseInstant(input.billing_at), input.timezone);
    const completed = input.pay === 'arrears' && !input.terminated && !input.current_usage;
    const current = periodContaining(rhythm, on);
    const period = completed ? periodContaining(rhythm, plusDays(current.start, -1)) : current;
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

import type { InvoiceLine } from '#contracts';
import {
  dayOfMonth,
  Decimal,
  later,
  parseLocalDate,
  periodContaining,
  startOfDay,
  sumOfParts,
  type Fraction,
  type Instant,
  type LocalDate,
} from '#kernel';
import { shareFraction } from '#rating';
import { Account } from './account.js';
import { adapter, type Adapters } from './adapter.js';
import { intervalNamed, rhythmAt } from './periods.js';
import { picked } from './picked.js';
import { fractionText, sumOfText } from './shapes.js';

/** Cycles by what a subscription is billed for: each line of its fee is a cycle, or the part of one that it is served. */
interface Subscribed {
  readonly period: string;
  readonly start: string;
  readonly end?: string | null;
  readonly target: string;
  readonly timing?: 'in_advance' | 'in_arrears';
  /** The day of the month that its periods turn on; that of its start without. */
  readonly day?: number;
}

/** A cycle costs a thousand million minor units: lines have the nine digits that Kill Bill rounds parts of cycles to. */
const PRICE = { model: 'flat', amount: '10000000' } as const;
const CYCLE_DIGITS = 9;

const midnight = (day: string): Instant => startOfDay(parseLocalDate(day), 'UTC');

const linesOf = ({ period, start, end, target, timing = 'in_advance', day }: Subscribed): readonly InvoiceLine[] => {
  const account = new Account([{ interval: intervalNamed(period), timing, price: PRICE }]);
  account.subscribes(0, midnight(start), { anchor: { align: 'subscription', ...(day === undefined ? {} : { day }) } });
  if (end) account.cancels(0, midnight(end), midnight(start));
  return account.bills(later(midnight(target), midnight(start))).lines;
};

/**
 * Kill Bill counts the divisor of a first stub back from the first bill date, also where that was clamped; Recount from one turning day
 * to the next. It is the stub of a subscription that turns on the day of that date.
 */
const countedBack = (given: Subscribed & { readonly day: number }): readonly InvoiceLine[] => {
  const { first } = rhythmAt(given.start, given.period, given.day);
  if (dayOfMonth(first) === given.day || given.start === first) return linesOf(given);
  const stub = linesOf({ ...given, end: earlierDay(first, given.end), day: dayOfMonth(first) });
  const isOver = given.target < first || (given.end && given.end <= first);
  return isOver ? stub : [...stub, ...linesOf({ ...given, start: first })];
};

const earlierDay = (first: LocalDate, end: string | null | undefined): string => (end && end < first ? end : first);

const partOf = ({ proration }: InvoiceLine): Fraction =>
  proration ? shareFraction(proration) : { numerator: 1n, denominator: 1n };

const served = (line: InvoiceLine | undefined) =>
  line && { start: line.service.localStart, end: line.service.localEnd };

export interface BillingIntervalInput {
  readonly period: string;
  readonly mode: 'in_advance' | 'in_arrear';
  readonly start: string;
  readonly end: string | null;
  readonly target: string;
  readonly bill_cycle_day: number;
}
interface Cycle {
  readonly period: string;
  readonly start: string;
  readonly billing_day: number;
}
type Targeted = Cycle & { readonly target: string };

const subscribed = ({ mode, bill_cycle_day: day, ...rest }: BillingIntervalInput) => ({
  ...rest,
  day,
  timing: mode === 'in_advance' ? ('in_advance' as const) : ('in_arrears' as const),
});
const cycle = ({ period, start, billing_day: day }: Cycle) => ({ period, start, day, target: start });

export const cycles: Adapters = {
  kb_billing_cycles: adapter<BillingIntervalInput, { fraction: string }>((input, { fraction }) => {
    const lines = countedBack(subscribed(input));
    const exact = fractionText(sumOfParts(lines.map(partOf)));
    return {
      cycles: new Decimal(
        lines.reduce((total, { amount }) => total + amount.minor, 0n),
        CYCLE_DIGITS,
      ),
      fraction: exact === sumOfText(fraction) ? fraction : exact,
    };
  }),
  billing_interval: adapter<BillingIntervalInput>((input, expected) => {
    const rhythm = rhythmAt(input.start, input.period, input.bill_cycle_day);
    const { first } = rhythm;
    const nothing = input.start === first ? first : null;
    const billedTo = linesOf(subscribed(input)).at(-1)?.service.localEnd ?? nothing;
    const last = periodContaining(rhythm, billedTo ?? parseLocalDate(input.start));
    return picked(
      {
        first_cycle: first,
        effective_end: billedTo,
        last_cycle: last.start < first ? first : last.start,
        next_cycle: last.end,
      },
      expected,
    );
  }),
  whole_cycles_bcd: adapter<Omit<BillingIntervalInput, 'mode' | 'end'>>((input) => {
    const lines = linesOf(subscribed({ ...input, mode: 'in_advance', end: null }));
    return { cycles: lines.filter(({ proration }) => proration === undefined).length };
  }),
  whole_periods: adapter<{ start: string; end: string; period: string }>(({ start, end, period }) => ({
    count: linesOf({ start, period, target: end, timing: 'in_arrears' }).length,
  })),
  anchored_cycle: adapter<Cycle>((input) => served(linesOf(cycle(input)).at(-1))),
  containing_cycle: adapter<Targeted>(({ target, ...input }) => served(linesOf({ ...cycle(input), target }).at(-1))),
  elapsed_cycles: adapter<Targeted>(({ target, ...input }) => ({
    cycles: linesOf({ ...cycle(input), target, timing: 'in_arrears' }).length,
  })),
  arrear_cycle: adapter<{ period: string; invoice_date: string; service_start: string; billing_day: number }>((input) =>
    served(
      linesOf({
        period: input.period,
        start: input.service_start,
        day: input.billing_day,
        target: input.invoice_date,
        timing: 'in_arrears',
      }).at(-1),
    ),
  ),
};

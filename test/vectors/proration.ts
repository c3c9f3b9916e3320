import { exactOf } from '#billing/invoice';
import {
  dayOfMonth,
  dayOfMonthAfter,
  Decimal,
  decimalOfFraction,
  parseInstant,
  parseLocalDate,
  plusDays,
  startOfDay,
  type Instant,
  type LocalDate,
  type LocalPeriod,
} from '#kernel';
import { dayShare, rate, shareFraction } from '#rating';
import { adapter, NonGoal, type Adapters } from './adapter.js';
import { billedParts, givesBackHalfUnits, type BilledParts, type ServedPart, type Terms } from './served-parts.js';
import { CURRENCIES, decimal, fractionText } from './shapes.js';

/** Sources print an exact amount with five to sixteen digits; this many are right in all of them. */
const PRECISE_DIGITS = 4;
const RATIO_DIGITS = 9;
const CENT_DIGITS = 2;

const midnight = (day: LocalDate | string): Instant => startOfDay(parseLocalDate(day), 'UTC');
const days = (start: string, end: string): LocalPeriod => ({ start: parseLocalDate(start), end: parseLocalDate(end) });
const major = (minor: string | number): string => new Decimal(BigInt(minor), CENT_DIGITS).toString();

interface Days {
  readonly used_from: string;
  readonly used_to: string;
  readonly period_from: string;
  readonly period_to: string;
}
interface Lines<Price extends string> {
  readonly lines: readonly (Readonly<Record<Price, string | number>> & { readonly type: 'credit' | 'charge' })[];
}
interface Ratio {
  readonly num_from: string;
  readonly num_to: string;
  readonly den_from: string;
  readonly den_to: string;
}

const whole = ({ period_from: start, period_to: end }: Days) => ({ start: midnight(start), end: midnight(end) });
const used = ({ used_from: from, used_to: to }: Pick<Days, 'used_from' | 'used_to'>) => ({
  from: midnight(from),
  to: midnight(to),
});
const ratio = (input: Ratio) =>
  shareFraction(dayShare(days(input.num_from, input.num_to), days(input.den_from, input.den_to)));

/** So many days that end with the period are left of it. */
const left = (of: number, total: number) => {
  const start = parseLocalDate('2025-01-01');
  const [from, end] = [plusDays(start, total - of), plusDays(start, total)].map(midnight) as [Instant, Instant];
  return { part: { from, to: end }, period: { start: midnight(start), end } };
};

const changed =
  <Price extends string>({ lines }: Lines<Price>, price: (line: Lines<Price>['lines'][number]) => string) =>
  (part: Pick<ServedPart, 'from' | 'to'>): ServedPart[] =>
    lines.map((line) => ({ ...part, price: price(line), givenBack: line.type === 'credit' }));

const HALF_UNITS = 'What is given back is a difference: half a minor unit goes to what was used.';

const billed = (parts: readonly ServedPart[], terms: Terms, answer: (billed: BilledParts) => unknown): unknown =>
  givesBackHalfUnits(parts, terms) ? new NonGoal(HALF_UNITS) : answer(billedParts(parts, terms));

export const proration: Adapters = {
  day_fraction: adapter<Days & { price: string; quantity: string; decimals: number; sign: number }>((input) => {
    const part = { ...used(input), price: input.price, quantity: input.quantity, givenBack: input.sign < 0 };
    return billed([part], { period: whole(input), currency: CURRENCIES[input.decimals]! }, ({ total }) => ({
      amount: new Decimal(total, input.decimals),
    }));
  }),
  day_fraction_minor: adapter<Days & { price_minor: string }, { precise?: string }>((input, { precise }) => {
    const { parts, total } = billedParts([{ ...used(input), price: major(input.price_minor) }], {
      period: whole(input),
    });
    if (precise === undefined) return { amount_minor: total };
    const cents = decimalOfFraction(exactOf(parts[0]!.lines[0]!), PRECISE_DIGITS + CENT_DIGITS, 'half_up');
    const exact = new Decimal(cents.coefficientAt(PRECISE_DIGITS + CENT_DIGITS), PRECISE_DIGITS);
    const isRight = decimal(precise).rounded(PRECISE_DIGITS, 'half_up').equals(exact);
    return { amount_minor: total, precise: isRight ? precise : exact };
  }),
  fixed_days: adapter<
    Omit<Days, 'period_from' | 'period_to'> & {
      price: string;
      fixed_days_in_month: number;
      decimals: number;
    }
  >((input) => {
    if (input.fixed_days_in_month !== 30) return new NonGoal('Months of a fixed length have thirty days.');
    // A day that every month has: the period has thirty days then.
    const from = parseLocalDate(input.used_from);
    const start = dayOfMonthAfter(from, 0, Math.min(dayOfMonth(from), 28));
    const { total } = billedParts([{ ...used(input), price: input.price }], {
      period: { start: midnight(start), end: midnight(dayOfMonthAfter(start, 1, dayOfMonth(start))) },
      monthly: true,
      proration: 'fixed30',
      currency: CURRENCIES[input.decimals]!,
    });
    return { amount: new Decimal(total, input.decimals) };
  }),
  seconds_change: adapter<{
    old_price_minor: string;
    new_price_minor: string;
    period_start: string;
    period_end: string;
    change_at: string;
    new_cycle_resets: boolean;
  }>((input) => {
    const period = { start: parseInstant(input.period_start), end: parseInstant(input.period_end) };
    const from = parseInstant(input.change_at);
    return billed(
      [
        { price: major(input.old_price_minor), from, to: period.end, givenBack: true },
        { price: major(input.new_price_minor), from: input.new_cycle_resets ? period.start : from, to: period.end },
      ],
      { period, proration: 'second', rounding: 'half_even' },
      ({ parts: [credit, charge] }) => ({ credit_minor: -credit!.amount, charge_minor: charge!.amount }),
    );
  }),
  day_change_lines: adapter<Lines<'price_minor'> & { period_start: string; period_end: string; change_at: string }>(
    (input) => {
      const period = { start: midnight(input.period_start), end: midnight(input.period_end) };
      const part = { from: midnight(input.change_at), to: period.end };
      return billed(changed(input, (line) => major(line.price_minor))(part), { period }, ({ parts, total }) => ({
        line_amounts_minor: parts.map(({ amount }) => amount),
        net_minor: total,
      }));
    },
  ),
  day_change_lines_major: adapter<Lines<'price'> & { days_left: number; days_total: number; decimals: number }>(
    (input) => {
      const { part, period } = left(input.days_left, input.days_total);
      const terms = { period, currency: CURRENCIES[input.decimals]! };
      return billed(changed(input, (line) => String(line.price))(part), terms, ({ parts, total }) => ({
        line_amounts: parts.map(({ amount }) => new Decimal(amount, input.decimals)),
        net: new Decimal(total, input.decimals),
      }));
    },
  ),
  ratio_fraction: adapter<Ratio>((input) => ({ fraction: fractionText(ratio(input)) })),
  ratio_days: adapter<Ratio>((input) => ({ ratio: decimalOfFraction(ratio(input), RATIO_DIGITS, 'half_up') })),
  no_proration: adapter<{ price_minor: string; quantity: string }>((input) => ({
    amount_minor: rate({ model: 'per_unit', unitAmount: input.price_minor }, decimal(input.quantity)).amount,
  })),
  nominal_period: adapter<{ price_minor: string; nominal_days: number; days_remaining: number }>((input) => {
    const { part, period } = left(input.days_remaining, input.nominal_days);
    return { amount_minor: billedParts([{ ...part, price: major(input.price_minor) }], { period }).total };
  }),
};

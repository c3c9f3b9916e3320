import { Decimal, parseInstant, parseLocalDate, type LocalPeriod } from '#kernel';
import {
  changeLines,
  dayShare,
  fixedDayShare,
  planChangeLines,
  prorated,
  prorateDays,
  rate,
  secondShare,
  shareFraction,
  shareOf,
  shareRatio,
  type ChangeLine,
} from '#rating';
import { adapter, type Adapters } from './adapter.js';
import { fractionText } from './shapes.js';

const MINOR = { digits: 0 } as const;
/** Sources print an exact amount with five to sixteen digits; this many are right in all of them. */
const PRECISE_DIGITS = 4;
const CYCLE_DIGITS = 9;

const days = (start: string, end: string): LocalPeriod => ({ start: parseLocalDate(start), end: parseLocalDate(end) });
const decimal = (value: string | number): Decimal => Decimal.parse(String(value));

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

const used = (input: Days) => days(input.used_from, input.used_to);
const whole = (input: Days) => days(input.period_from, input.period_to);
const ratio = (input: Ratio) => dayShare(days(input.num_from, input.num_to), days(input.den_from, input.den_to));

const linesOf = <Price extends string>({ lines }: Lines<Price>, price: Price): ChangeLine[] =>
  lines.map((line) => ({ type: line.type, price: decimal(line[price]) }));

export const proration: Adapters = {
  day_fraction: adapter<Days & { price: string; quantity: string; decimals: number; sign: number }>((input) => {
    const { amount } = rate({ model: 'per_unit', unitAmount: input.price }, decimal(input.quantity));
    const price = input.sign < 0 ? amount.negated() : amount;
    return { amount: prorateDays(price, used(input), whole(input), { digits: input.decimals }).amount };
  }),
  day_fraction_minor: adapter<Days & { price_minor: string }, { precise?: string }>((input, { precise }) => {
    const price = decimal(input.price_minor);
    const exact = { digits: PRECISE_DIGITS };
    const { amount } = prorateDays(price, used(input), whole(input), exact);
    return {
      amount_minor: prorateDays(price, used(input), whole(input), MINOR).amount,
      ...(precise === undefined
        ? {}
        : { precise: decimal(precise).rounded(PRECISE_DIGITS, 'half_up').equals(amount) ? precise : amount }),
    };
  }),
  fixed_days: adapter<{
    price: string;
    used_from: string;
    used_to: string;
    fixed_days_in_month: number;
    decimals: number;
  }>((input) => {
    const share = fixedDayShare(days(input.used_from, input.used_to), 1, input.fixed_days_in_month);
    return { amount: prorated(decimal(input.price), share, { digits: input.decimals }).amount };
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
    const { credit, charge } = planChangeLines(
      { from: decimal(input.old_price_minor), to: decimal(input.new_price_minor), newCycle: input.new_cycle_resets },
      secondShare({ start: parseInstant(input.change_at), end: period.end }, period),
      { ...MINOR, rounding: 'half_even' },
    );
    return { credit_minor: credit.amount, charge_minor: charge.amount };
  }),
  day_change_lines: adapter<Lines<'price_minor'> & { period_start: string; period_end: string; change_at: string }>(
    (input) => {
      const period = days(input.period_start, input.period_end);
      const left = dayShare(days(input.change_at, input.period_end), period);
      const { lines, net } = changeLines(linesOf(input, 'price_minor'), left, MINOR);
      return { line_amounts_minor: lines.map(({ amount }) => amount), net_minor: net };
    },
  ),
  day_change_lines_major: adapter<Lines<'price'> & { days_left: number; days_total: number; decimals: number }>(
    (input) => {
      const left = shareOf(input.days_left, input.days_total);
      const { lines, net } = changeLines(linesOf(input, 'price'), left, { digits: input.decimals });
      return { line_amounts: lines.map(({ amount }) => amount), net };
    },
  ),
  ratio_fraction: adapter<Ratio>((input) => ({
    fraction: fractionText(shareFraction(ratio(input))),
  })),
  ratio_days: adapter<Ratio>((input) => ({ ratio: shareRatio(ratio(input), CYCLE_DIGITS) })),
  no_proration: adapter<{ price_minor: string; quantity: string }>((input) => ({
    amount_minor: rate({ model: 'per_unit', unitAmount: input.price_minor }, decimal(input.quantity)).amount,
  })),
  nominal_period: adapter<{ price_minor: string; nominal_days: number; days_remaining: number }>((input) => ({
    amount_minor: prorated(decimal(input.price_minor), shareOf(input.days_remaining, input.nominal_days), MINOR).amount,
  })),
};

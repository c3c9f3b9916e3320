import {
  agedBalances,
  annualRecurringRevenue,
  averageRevenuePerAccount,
  daysSalesOutstanding,
  discountedMrr,
  grossRevenueRetention,
  lifetimeValue,
  monthlyAmount,
  mrrBridge,
  netRevenueRetention,
  overdueByMonth,
  quickRatio,
  movementKind,
  ratio,
  totalMrr,
  type MovementKind,
} from '#analytics';
import { deferredAtEndOf, revenueSchedule, type RecognitionMethod } from '#billing/revenue';
import { Decimal, parseInstant, parseLocalDate, type Interval, type LocalDate } from '#kernel';
import { LedgerOverlay, submitTransfers } from '#ledger';
import { adapter, type Adapters } from './adapter.js';
import { emptyAccount } from './transfer-script.js';
import { decimal, fromUnits, ratioOf, rounding, units } from './shapes.js';

/** A month's, a year's and so on: what has no factor of its own. */
const INTERVALS: Readonly<Record<string, Interval>> = {
  daily: { unit: 'day', count: 1 },
  weekly: { unit: 'week', count: 1 },
  biweekly: { unit: 'week', count: 2 },
  monthly: { unit: 'month', count: 1 },
  two_months: { unit: 'month', count: 2 },
  bimonthly: { unit: 'month', count: 2 },
  quarterly: { unit: 'month', count: 3 },
  four_months: { unit: 'month', count: 4 },
  semi_annual: { unit: 'month', count: 6 },
  biannual: { unit: 'month', count: 6 },
  annual: { unit: 'year', count: 1 },
  yearly: { unit: 'year', count: 1 },
  biennial: { unit: 'year', count: 2 },
  triennial: { unit: 'year', count: 3 },
};

/** The interval of a period by its name; of a day or a week also the factor that the case's rule names. */
const recurring = (
  period: string,
  rule?: string,
): { interval: Interval; unitsPerMonth?: ReturnType<typeof ratioOf> } => {
  const months = /^price ?\/ ?(\d+)$/.exec(rule ?? '')?.[1] ?? '1';
  const interval = INTERVALS[period] ?? { unit: 'month', count: Number(months) };
  const factor = /^price ?\* ?(.+)$/.exec(rule ?? '')?.[1];
  return factor === undefined ? { interval } : { interval: { ...interval, count: 1 }, unitsPerMonth: ratioOf(factor) };
};

const METHODS: Readonly<Record<string, RecognitionMethod>> = {
  by_day: 'by_day',
  by_ms: 'by_time',
  even_months: 'even_months',
  even_months_prorated_ends: 'even_months_prorated_ends',
};

interface Earned {
  readonly amount: string;
  readonly start: string;
  readonly end: string;
}

const earning = ({ amount, start, end }: Earned, digits: number) => ({
  amount: decimal(amount).coefficientAt(digits),
  start: parseInstant(start),
  end: parseInstant(end),
  timeZone: 'UTC',
});

type Figures = Readonly<Record<string, string>>;

const RATES: Readonly<Record<string, (figure: (name: string) => Decimal, figures: Figures) => Decimal>> = {
  grr: (of) => grossRevenueRetention({ opening: of('opening'), contraction: of('contraction'), churn: of('churn') }),
  nrr: (of) =>
    netRevenueRetention({
      opening: of('opening'),
      expansion: of('expansion'),
      contraction: of('contraction'),
      churn: of('churn'),
    }),
  quick: (of) => quickRatio([of('new'), of('reactivation'), of('expansion')], [of('contraction'), of('churn')]),
  ratio4: (of) => ratio(of('num'), of('den')),
  arr: (of) => annualRecurringRevenue(of('mrr')),
  arpa: (of) => averageRevenuePerAccount(of('mrr'), of('customers')),
  arpu: (of) => averageRevenuePerAccount(of('mrr'), of('customers')),
  ltv: (of, figures) =>
    lifetimeValue(of('arpa' in figures ? 'arpa' : 'arpu'), of('churn'), 'margin' in figures ? of('margin') : undefined),
  dso: (of, figures) => daysSalesOutstanding(of('ar'), of('revenue'), Number(figures['days'])),
};

export const analytics: Adapters = {
  mrr_normalize: adapter<{ price: string; period: string; rule: string; decimals: number; rounding?: string }>(
    (input) => {
      if (input.rule === '0') return { mrr: totalMrr([]) };
      const { interval, ...policy } = recurring(input.period, input.rule);
      const digits = { digits: input.decimals, rounding: rounding(input.rounding) };
      return { mrr: monthlyAmount(decimal(input.price), interval, { ...policy, ...digits }) };
    },
  ),
  mrr_total: adapter<{ subscriptions: { count: number; price: string; period: string }[] }>(({ subscriptions }) => {
    const mrr = totalMrr(
      subscriptions.flatMap(({ count, price, period }) =>
        Array.from({ length: count }, () => ({ amount: decimal(price), interval: recurring(period).interval })),
      ),
    );
    return { mrr, arr: annualRecurringRevenue(mrr) };
  }),
  mrr_discounted: adapter<{ price: string; percent_off: string; duration: 'forever' | 'repeating' | 'once' }>(
    ({ price, percent_off: percentOff, duration }) => ({
      mrr: discountedMrr(decimal(price), { percentOff: decimal(percentOff), duration }),
    }),
  ),
  sum_values: adapter<{ values: string[] }>(({ values }) => ({
    total: totalMrr(values.map((value) => ({ amount: decimal(value), interval: { unit: 'month', count: 1 } }))),
  })),
  mrr_conventions: adapter<{ price: string; factors: Record<string, string>; decimals: number }>(
    ({ price, factors, decimals }) =>
      Object.fromEntries(
        Object.entries(factors).map(([name, factor]) => [
          name,
          monthlyAmount(
            decimal(price),
            { unit: 'day', count: 1 },
            { digits: decimals, unitsPerMonth: ratioOf(factor) },
          ),
        ]),
      ),
  ),
  mrr_truncated: adapter<{ price_minor: string; months: number }>(({ price_minor: price, months }) => ({
    mrr_minor: monthlyAmount(decimal(price), { unit: 'month', count: months }, { digits: 0, rounding: 'down' }),
  })),
  mrr_movement: adapter<{ customer_mrr_before: string; customer_mrr_after: string; was_customer_before: boolean }>(
    (input) => {
      const [before, after] = [decimal(input.customer_mrr_before), decimal(input.customer_mrr_after)];
      const movement = movementKind({
        hadMrr: !before.isZero,
        hasMrr: !after.isZero,
        change: after.compare(before),
        wasCustomer: input.was_customer_before,
      });
      return { movement, delta: after.minus(before) };
    },
  ),
  mrr_bridge: adapter<{ opening: string; movements: { type: MovementKind; amount: string }[] }>((input) => {
    const bridge = mrrBridge(
      decimal(input.opening),
      input.movements.map(({ type, amount }) => ({ kind: type, amount: decimal(amount) })),
    );
    return { ...bridge.movements, net: bridge.net, closing: bridge.closing };
  }),
  saas_rate: adapter<Figures & { formula: string }>((figures) => ({
    value: RATES[figures.formula]?.((name) => decimal(figures[name]!), figures),
  })),
  revenue_schedule: adapter<Earned & { method: string; decimals: number }>((input) => {
    const schedule = revenueSchedule(earning(input, input.decimals), METHODS[input.method]!);
    return {
      by_month: Object.fromEntries([...schedule].map(([month, minor]) => [month, new Decimal(minor, input.decimals)])),
    };
  }),
  deferred_balance: adapter<Earned & { month_ends: string[]; decimals?: number }>((input) => {
    const digits = input.decimals ?? 2;
    const earned = earning(input, digits);
    const schedule = revenueSchedule(earned, 'by_day');
    return { deferred: input.month_ends.map((month) => new Decimal(deferredAtEndOf(earned, schedule, month), digits)) };
  }),
  journal_check: adapter<{ entries: { debit: string; credit: string; amount: string }[] }>(({ entries }) => {
    const ledger = new LedgerOverlay();
    const accounts = new Set(entries.flatMap(({ debit, credit }) => [debit, credit]));
    for (const id of accounts) ledger.put(emptyAccount(id));
    const transfers = entries.map(({ debit, credit, amount }, index) => ({
      id: String(index),
      debit,
      credit,
      amount: units(amount),
      flags: [],
    }));
    const after = submitTransfers(ledger, transfers, 0n).ledger;
    const net = (id: string) => fromUnits(after.account(id)!.debitsPosted - after.account(id)!.creditsPosted);
    return { net: Object.fromEntries([...accounts].map((id) => [id, net(id)])) };
  }),
  ar_aging: adapter<{
    as_of: string;
    buckets: { name: string; from_days: number | null; to_days: number | null }[];
    invoices: { date: string; balance: string }[];
  }>(({ as_of: asOf, buckets, invoices }) => {
    const aged = agedBalances(
      invoices.map(({ date, balance }) => ({ date: parseLocalDate(date), amount: units(balance) })),
      parseLocalDate(asOf),
      buckets.map(({ name, from_days: fromDays, to_days: toDays }) => ({ name, fromDays, toDays })),
    );
    return { buckets: Object.fromEntries([...aged].map(([name, amount]) => [name, fromUnits(amount)])) };
  }),
  overdue_by_month: adapter<{ invoices: { due: LocalDate; overdue: boolean; amount: string }[] }>(({ invoices }) => {
    const { byMonth, total } = overdueByMonth(
      invoices.map(({ due, overdue, amount }) => ({ dueOn: due, overdue, amount: units(amount) })),
    );
    return {
      by_month: Object.fromEntries([...byMonth].map(([month, amount]) => [month, fromUnits(amount)])),
      total: fromUnits(total),
    };
  }),
};

import { computeTrueUp } from '#billing/commitment';
import { discountedCycles, distributeDiscount, percentOf, stackedDiscounts, type Discount } from '#billing/discount';
import { computeTotals, progressiveInvoices, progressivePeriodEnd, runningTotals } from '#billing/invoice';
import { formatted } from '#billing/numbering';
import { consumeWallet } from '#billing/wallet';
import { allocatedDecimal, Decimal, parseLocalDate, type LocalDate } from '#kernel';
import { adapter, type Adapters } from './adapter.js';
import { credits } from './credits.js';
import { decimal, integer, share } from './shapes.js';
import { taxes } from './taxes.js';

interface Coupon {
  readonly percent?: string;
  readonly fixed_minor?: string;
}

interface Totals {
  readonly fees: readonly {
    readonly id: string;
    readonly amount_minor: string;
    readonly tax_rates: readonly string[];
  }[];
  readonly coupons: readonly { readonly amount_minor: string; readonly eligible?: readonly string[] }[];
}

interface Numbered {
  readonly prefix: string;
  readonly mode: string;
  readonly customer_sequence?: number;
  readonly invoice_sequence?: number;
  readonly sequence?: number;
  readonly date?: string;
  readonly month?: string;
  readonly year_month?: string;
}

/** `2025-01-31`, `2025-01` or `202501`: the first of that month. */
const monthIn = (text: string): LocalDate => parseLocalDate(text.replace(/^(\d{4})-?(\d{2}).*$/, '$1-$2-01'));

const discount = ({ percent, fixed_minor: fixed }: Coupon): Discount =>
  percent === undefined ? { kind: 'amount', amount: integer(fixed!) } : { kind: 'percent', percent: decimal(percent) };

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

export const invoices: Adapters = {
  ...credits,
  ...taxes,
  invoice_totals: adapter<Totals>(({ fees, coupons }) => {
    const totals = computeTotals(
      fees.map((fee) => ({ id: fee.id, amount: integer(fee.amount_minor), taxRates: fee.tax_rates.map(decimal) })),
      coupons.map(({ amount_minor: amount, eligible }) => ({
        amount: integer(amount),
        ...(eligible === undefined ? {} : { eligible }),
      })),
      { taxRounding: 'invoice' },
    );
    return {
      coupons_per_fee: totals.discountPerLine,
      tax_per_fee: totals.taxPerLine,
      fees_total: totals.linesTotal,
      coupons_total: totals.discountTotal,
      subtotal: totals.subtotal,
      tax_total: totals.taxTotal,
      total: totals.total,
    };
  }),
  coupon_stack: adapter<{ subtotal_minor: string; coupons: Coupon[] }>(({ subtotal_minor: subtotal, coupons }) => ({
    discount_minor: stackedDiscounts(integer(subtotal), coupons.map(discount)).total,
  })),
  coupon_cycles: adapter<Coupon & { price_minor: string; cycles: number | null; bill: number }>((input) => ({
    totals: discountedCycles(integer(input.price_minor), discount(input), input.cycles, input.bill),
  })),
  distribute_discount: adapter<{ amounts_minor: string[]; discount_minor: string }>((input) => ({
    net_minor: distributeDiscount(input.amounts_minor.map(integer), integer(input.discount_minor)).net,
  })),
  percent_per_line_vs_pooled: adapter<{ amounts_minor: string[]; basis_points: number }>((input) => {
    const percent = new Decimal(integer(input.basis_points), 2);
    const amounts = input.amounts_minor.map(integer);
    const perLine = amounts.map((amount) => percentOf(amount, percent));
    return { per_line: perLine, per_line_sum: sumOf(perLine), pooled: percentOf(sumOf(amounts), percent) };
  }),
  prorated_true_up: adapter<{ minimum_minor: string; days: number; period: number; usage_minor: string }>((input) => ({
    true_up: computeTrueUp({ amount: integer(input.minimum_minor), part: share(input.days, input.period) }, [
      { amount: integer(input.usage_minor) },
    ]),
  })),
  commitment_true_up: adapter<{
    commitment_minor: string;
    subscription_minor: string;
    days: number;
    period: number;
    usage_minor: string;
  }>((input) => {
    const part = share(input.days, input.period);
    return {
      true_up: computeTrueUp({ amount: integer(input.commitment_minor), part }, [
        { amount: integer(input.subscription_minor), part },
        { amount: integer(input.usage_minor) },
      ]),
    };
  }),
  progressive_billing: adapter<{
    unit_price_minor: string;
    thresholds_minor: string[];
    recurring_step_minor: string | null;
    events_units: string[];
    subscription_fee_minor: string;
  }>((input) => {
    const totals = runningTotals(decimal(input.unit_price_minor), input.events_units.map(decimal));
    const billed = progressiveInvoices(totals, {
      thresholds: input.thresholds_minor.map(integer),
      recurringStep: input.recurring_step_minor === null ? null : integer(input.recurring_step_minor),
    });
    const fees = [integer(input.subscription_fee_minor), totals.at(-1) ?? 0n];
    return { invoices: billed, period_end: progressivePeriodEnd(fees, billed) };
  }),
  allocate_by_weight: adapter<{ amount: string; weights: string[]; decimals: number }>((input) => ({
    parts: allocatedDecimal(decimal(input.amount), input.weights.map(decimal), input.decimals),
  })),
  wallet_consumption: adapter<{
    grants: { id: string; amount_minor: string; priority: number; seq: number }[];
    uses_minor: string[];
  }>(({ grants, uses_minor: uses }) => {
    const { fundings, remaining } = consumeWallet(
      grants.map(({ id, amount_minor: amount, priority, seq }) => ({
        id,
        amount: integer(amount),
        priority,
        sequence: seq,
      })),
      uses.map(integer),
    );
    return {
      fundings: fundings.map((funding) => Object.fromEntries(funding)),
      remaining: Object.fromEntries(remaining),
    };
  }),
  invoice_number: adapter<Numbered>((input) => ({
    number: formatted(
      input.mode === 'per_customer'
        ? `${input.prefix}-{account:3}-{sequence:3}`
        : `${input.prefix}-{year}{month}-{sequence:3}`,
      input.invoice_sequence ?? input.sequence ?? 0,
      monthIn(input.date ?? input.month ?? input.year_month ?? '2000-01'),
      input.customer_sequence,
    ),
  })),
};

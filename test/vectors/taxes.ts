import { computeTotals, type TaxableLine } from '#billing/invoice';
import { compoundRate, effectiveTaxRate, taxedLine, taxOn, type LineTaxRules } from '#billing/tax';
import { currencyExponent, Decimal, majorUnits, roundedToMinor } from '#kernel';
import { rate } from '#rating';
import { adapter, type Adapters } from './adapter.js';
import { CURRENCIES, decimal, integer, rounding, share } from './shapes.js';

const onTop = (name?: string): LineTaxRules => ({
  behavior: 'exclusive',
  treatment: 'taxable',
  rounding: rounding(name),
});

const taxable = (amount: string, taxRate: string, index: number): TaxableLine => ({
  id: String(index),
  amount: integer(amount),
  taxRates: [decimal(taxRate)],
});

/** Cases in minor units of a currency that they do not name: one with two digits stands for it. */
const CURRENCY = 'USD';
const DIGITS = currencyExponent(CURRENCY);

export const taxes: Adapters = {
  effective_tax_rate: adapter<{ fees: { amount_minor: string; rates: string[] }[] }>(({ fees }) => ({
    rate_percent: effectiveTaxRate(
      fees.map(({ amount_minor: amount, rates }) => ({ amount: integer(amount), rates: rates.map(decimal) })),
    ),
  })),
  tax_simple: adapter<{ amount_minor: string; rate: string; rounding?: string }>((input) => {
    const { tax, gross } = taxedLine(integer(input.amount_minor), [decimal(input.rate)], onTop(input.rounding));
    return { tax, total: gross };
  }),
  tax_lines: adapter<{ lines: string[]; rate: string; rounding?: string }>((input) => {
    const lines = input.lines.map((amount, index) => taxable(amount, input.rate, index));
    const { taxPerLine, taxTotal, total } = computeTotals(lines, [], { rounding: rounding(input.rounding) });
    return { taxes: taxPerLine, total_tax: taxTotal, total };
  }),
  tax_per_line: adapter<{ lines: { amount_minor: string; rate: string }[]; rounding?: string }>((input) => {
    const lines = input.lines.map((line, index) => taxable(line.amount_minor, line.rate, index));
    const { taxPerLine, total } = computeTotals(lines, [], { rounding: rounding(input.rounding) });
    return { taxes: taxPerLine, total };
  }),
  tax_major: adapter<{ amount: string; rate: string; decimals: number; rounding?: string }>((input) => {
    const base = roundedToMinor(decimal(input.amount), CURRENCIES[input.decimals]!, 'half_up').minor;
    return { tax: new Decimal(taxOn(base, decimal(input.rate), rounding(input.rounding)), input.decimals) };
  }),
  tax_inclusive: adapter<{ gross_minor: string; rate: string }>((input) => {
    const rules: LineTaxRules = { behavior: 'inclusive', treatment: 'taxable' };
    const { net, tax } = taxedLine(integer(input.gross_minor), [decimal(input.rate)], rules);
    return { net, tax };
  }),
  tax_components: adapter<{ amount_minor: string; rates: string[]; rounding?: string }>((input) => {
    const line = taxedLine(integer(input.amount_minor), input.rates.map(decimal), onTop(input.rounding));
    return { parts: line.taxes.map(({ amount }) => amount), tax: line.tax, total: line.gross };
  }),
  tax_compound: adapter<{ rates: string[] }>(({ rates }) => ({ effective_percent: compoundRate(rates.map(decimal)) })),
  discount_then_tax: adapter<{
    unit_minor: string;
    quantity: number;
    discount_minor: string;
    rate: string;
    rounding?: string;
  }>((input) => {
    const price = { model: 'per_unit', unitAmount: new Decimal(integer(input.unit_minor), DIGITS).toString() } as const;
    const { minor } = roundedToMinor(rate(price, decimal(input.quantity)).amount, CURRENCY, 'half_up');
    const totals = computeTotals(
      [{ id: 'line', amount: minor, taxRates: [decimal(input.rate)] }],
      [{ amount: integer(input.discount_minor) }],
      { rounding: rounding(input.rounding) },
    );
    return { gross: totals.linesTotal, net: totals.subtotal, tax: totals.taxTotal, total: totals.total };
  }),
  prorated_with_tax: adapter<{ price_minor: string; days: number; period: number; rate: string }>((input) => {
    const price = new Decimal(integer(input.price_minor), DIGITS);
    const { minor } = roundedToMinor(price, CURRENCY, 'half_up', share(input.days, input.period));
    const { net, tax, gross } = taxedLine(minor, [decimal(input.rate)], onTop());
    return { subtotal: net, tax, total: gross };
  }),
  round_currency: adapter<{ currency: string; amount: string; decimals: number; rounding?: string }>((input) => ({
    amount:
      currencyExponent(input.currency) === input.decimals
        ? majorUnits(roundedToMinor(decimal(input.amount), input.currency, rounding(input.rounding)))
        : decimal(input.amount).rounded(input.decimals, rounding(input.rounding)),
  })),
  minor_units: adapter<{ amount: string; exponent: number }>(({ amount, exponent }) => ({
    minor: roundedToMinor(decimal(amount), CURRENCIES[exponent]!, 'half_up').minor,
  })),
};

import { computeTotals } from '#billing/invoice';
import { compoundRate, documentTax, effectiveTaxRate, taxOn, type TaxMethod } from '#billing/tax';
import { currencyExponent, Decimal, majorUnits, roundedToMinor } from '#kernel';
import { rate } from '#rating';
import { adapter, type Adapters } from './adapter.js';
import { CURRENCIES, decimal, integer, rounding, share } from './shapes.js';

interface Rounded {
  readonly rounding?: string;
}

/** A document by itself, of lines that bear the same rates. */
const taxed = (
  amounts: readonly bigint[],
  rates: readonly string[],
  { prices = 'exclusive', rounding: name }: Partial<Pick<TaxMethod, 'prices'>> & Rounded = {},
) => {
  const borne = rates.map((percent) => ({ rate: decimal(percent), compound: false }));
  const { nets, taxes, taxPerLine } = documentTax(amounts, borne, { rounding: 'line', prices, halves: rounding(name) });
  const [net, tax] = [sumOf(nets), sumOf(taxPerLine)];
  return { taxes: taxPerLine, parts: taxes.map(({ amount }) => amount), net, tax, total: net + tax };
};

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** Cases in minor units of a currency that they do not name: one with two digits stands for it. */
const CURRENCY = 'USD';
const DIGITS = currencyExponent(CURRENCY);

export const taxes: Adapters = {
  effective_tax_rate: adapter<{ fees: { amount_minor: string; rates: string[] }[] }>(({ fees }) => ({
    rate_percent: effectiveTaxRate(
      fees.map(({ amount_minor: amount, rates }) => ({ amount: integer(amount), rates: rates.map(decimal) })),
    ),
  })),
  tax_simple: adapter<{ amount_minor: string; rate: string } & Rounded>((input) => {
    const { tax, total } = taxed([integer(input.amount_minor)], [input.rate], input);
    return { tax, total };
  }),
  tax_lines: adapter<{ lines: string[]; rate: string } & Rounded>((input) => {
    const { taxes: perLine, tax, total } = taxed(input.lines.map(integer), [input.rate], input);
    return { taxes: perLine, total_tax: tax, total };
  }),
  tax_per_line: adapter<{ lines: { amount_minor: string; rate: string }[] } & Rounded>((input) => {
    const lines = input.lines.map((line) => taxed([integer(line.amount_minor)], [line.rate], input));
    return { taxes: lines.map(({ tax }) => tax), total: sumOf(lines.map(({ total }) => total)) };
  }),
  tax_major: adapter<{ amount: string; rate: string; decimals: number; rounding?: string }>((input) => {
    const base = roundedToMinor(decimal(input.amount), CURRENCIES[input.decimals]!, 'half_up').minor;
    return { tax: new Decimal(taxOn(base, decimal(input.rate), rounding(input.rounding)), input.decimals) };
  }),
  tax_inclusive: adapter<{ gross_minor: string; rate: string }>((input) => {
    const { net, tax } = taxed([integer(input.gross_minor)], [input.rate], { prices: 'inclusive' });
    return { net, tax };
  }),
  tax_components: adapter<{ amount_minor: string; rates: string[] } & Rounded>((input) => {
    const { parts, tax, total } = taxed([integer(input.amount_minor)], input.rates, input);
    return { parts, tax, total };
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
    const { net, tax, total } = taxed([minor], [input.rate]);
    return { subtotal: net, tax, total };
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

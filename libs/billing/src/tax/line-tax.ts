import type { Decimal, Rounding } from '#kernel';
import { compoundTaxes, includedTaxes, taxComponents } from './tax.js';

/**
 * How a customer is taxed: `exempt` owes none; under `reverse_charge` the customer accounts for it to its own state
 * (Directive 2006/112/EC, article 196), so the line states base and rate, and the amount is zero.
 */
export type TaxTreatment = 'taxable' | 'exempt' | 'reverse_charge';

/** Whether taxes come on top of an amount or are inside it. */
export type TaxBehavior = 'exclusive' | 'inclusive';

export interface LineTaxRules {
  readonly behavior: TaxBehavior;
  readonly treatment: TaxTreatment;
  /** Each tax on the base and on the taxes before it, instead of on the base alone. Only for taxes on top. */
  readonly compound?: boolean;
  readonly rounding?: Rounding;
}

export interface LineTax {
  readonly rate: Decimal;
  readonly base: bigint;
  readonly amount: bigint;
}

export interface TaxedLine {
  readonly net: bigint;
  readonly taxes: readonly LineTax[];
  readonly tax: bigint;
  readonly gross: bigint;
}

/**
 * The taxes of one line, in minor units, each rounded once on the line: net and taxes add up to the gross. A price that was
 * agreed with taxes inside is what an exempt customer pays too: there is then no tax in it.
 */
export const taxedLine = (amount: bigint, rates: readonly Decimal[], rules: LineTaxRules): TaxedLine => {
  const { behavior, treatment, compound = false, rounding = 'half_up' } = rules;
  if (treatment === 'exempt') return { net: amount, taxes: [], tax: 0n, gross: amount };
  if (treatment === 'reverse_charge')
    return withTaxes(
      amount,
      rates,
      rates.map(() => 0n),
    );
  if (behavior === 'inclusive') {
    const { net, taxes } = includedTaxes(amount, rates);
    return withTaxes(net, rates, taxes);
  }
  return withTaxes(
    amount,
    rates,
    compound ? compoundTaxes(amount, rates, rounding) : taxComponents(amount, rates, rounding),
    compound,
  );
};

const withTaxes = (net: bigint, rates: readonly Decimal[], amounts: readonly bigint[], compound = false): TaxedLine => {
  let before = net;
  const taxes = amounts.map((amount, index) => {
    const base = compound ? before : net;
    before += amount;
    return { rate: rates[index]!, base, amount };
  });
  return { net, taxes, tax: before - net, gross: before };
};

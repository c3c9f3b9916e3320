import { Decimal } from '#kernel';
import { prorated, shareOf, type ProratedAmount, type ProrationShare, type RoundingRule } from './proration.js';

/** One price that a change takes back or begins to charge. */
export interface ChangeLine {
  readonly type: 'credit' | 'charge';
  readonly price: Decimal;
}

export interface ChangeLines {
  readonly lines: readonly ProratedAmount[];
  /** The sum of the rounded lines: what the customer sees adds up. */
  readonly net: Decimal;
}

/** What a change in the middle of a period costs: each price times what is left of the period, credits below zero, each line rounded. */
export const changeLines = (lines: readonly ChangeLine[], left: ProrationShare, rule: RoundingRule): ChangeLines => {
  const amounts = lines.map(({ type, price }) => prorated(type === 'credit' ? price.negated() : price, left, rule));
  return { lines: amounts, net: amounts.reduce((net, { amount }) => net.plus(amount), Decimal.zero) };
};

/**
 * What a change of plan gives back of the old price and charges of the new one. Where the change begins a cycle of its own (another
 * interval), the new price is charged whole.
 */
export const planChangeLines = (
  { from, to, newCycle }: { readonly from: Decimal; readonly to: Decimal; readonly newCycle: boolean },
  left: ProrationShare,
  rule: RoundingRule,
): { readonly credit: ProratedAmount; readonly charge: ProratedAmount } => ({
  credit: prorated(from, left, rule),
  charge: prorated(to, newCycle ? shareOf(1, 1) : left, rule),
});

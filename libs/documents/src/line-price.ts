import type { DocumentLine } from '#billing/invoice';
import { currencyExponent, Decimal, type Money } from '#kernel';

/** The price that holds for the whole quantity of a line, in major units; undefined where there is none. */
export const unitAmountOf = (line: DocumentLine): string | undefined => {
  if (line.kind === 'one_off') return line.unitAmount;
  if (line.kind === 'wallet_top_up') return undefined;
  return line.steps.length === 1 ? line.steps[0]!.unitAmount : undefined;
};

/** Whether a quantity at a price is the amount, but for the rounding of it. */
export const comesTo = (quantity: string, unitAmount: string, { minor, currency }: Money): boolean => {
  const exact = Decimal.parse(quantity).times(Decimal.parse(unitAmount));
  const difference = exact.minus(new Decimal(minor, currencyExponent(currency)));
  const unit = new Decimal(1n, currencyExponent(currency));
  return difference.compare(unit) < 0 && difference.compare(unit.negated()) > 0;
};

import { Decimal, maxDecimal, minDecimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { PercentagePrice } from './price.js';
import type { Rating, RatingStep } from './rating.js';
import { percentOf } from './tiers.js';

const optional = (text: string | undefined): Decimal => (text === undefined ? Decimal.zero : priceDecimal(text));

/** (quantity − free) × rate, and the fixed amount for each reading that is not free. Nothing is rounded here. */
export const ratePercentage = (price: PercentagePrice, quantity: Decimal, events: number): Rating => {
  const payable = maxDecimal(quantity.minus(optional(price.freeUnits)), Decimal.zero);
  const amount = percentOf(payable, priceDecimal(price.rate));
  const step: RatingStep = { quantity: payable.toString(), rate: price.rate, amount: amount.toString() };
  if (price.fixedAmount === undefined) return { amount, steps: [step] };
  const fixedAmount = priceDecimal(price.fixedAmount);
  const payableEvents = maxDecimal(Decimal.of(events).minus(optional(price.freeEvents)), Decimal.zero);
  const fixed = payableEvents.times(fixedAmount);
  const fixedStep = {
    quantity: payableEvents.toString(),
    unitAmount: fixedAmount.toString(),
    amount: fixed.toString(),
  };
  return { amount: amount.plus(fixed), steps: [step, fixedStep] };
};

/**
 * Readings priced one by one, each at least `eventMinimum` and at most `eventMaximum`. Free readings and the free amount come off in
 * the order of the readings; where both are given, what is used up first ends both. A reading that is free in part is priced
 * by the rest of it. (Lago's percentage charge with transaction limits.)
 */
export const ratePercentageByEvent = (price: PercentagePrice, values: readonly Decimal[]): Rating => {
  const rate = priceDecimal(price.rate);
  let free: FreeAllowance = {
    amount: price.freeUnits === undefined ? null : priceDecimal(price.freeUnits),
    events: price.freeEvents === undefined ? null : priceDecimal(price.freeEvents),
  };
  const steps: RatingStep[] = [];
  let amount = Decimal.zero;
  for (const value of values) {
    const { payable, left } = lessFree(value, free);
    free = left;
    if (payable === null) continue;
    const own = limitedEvent(price, percentOf(payable, rate).plus(optional(price.fixedAmount)));
    amount = amount.plus(own);
    steps.push({
      quantity: payable.toString(),
      rate: price.rate,
      ...(price.fixedAmount === undefined ? {} : { flat: price.fixedAmount }),
      amount: own.toString(),
    });
  }
  return { amount, steps };
};

/** What is left of what is free; `null` was never given. */
interface FreeAllowance {
  readonly amount: Decimal | null;
  readonly events: Decimal | null;
}

const NOTHING_FREE: FreeAllowance = { amount: null, events: null };

/** What of a reading has to be paid, `null` where all of it is free. */
const lessFree = (
  value: Decimal,
  { amount, events }: FreeAllowance,
): { readonly payable: Decimal | null; readonly left: FreeAllowance } => {
  const over = (left: Decimal | null) => left !== null && left.compare(Decimal.zero) <= 0;
  if ((amount === null && events === null) || over(amount) || over(events))
    return { payable: value, left: NOTHING_FREE };
  const oneLess = events?.minus(Decimal.one) ?? null;
  if (amount === null) return { payable: null, left: { amount, events: oneLess } };
  if (amount.compare(value) >= 0) return { payable: null, left: { amount: amount.minus(value), events: oneLess } };
  return { payable: value.minus(amount), left: NOTHING_FREE };
};

const limitedEvent = ({ eventMinimum, eventMaximum }: PercentagePrice, amount: Decimal): Decimal => {
  const least = eventMinimum === undefined ? amount : maxDecimal(amount, priceDecimal(eventMinimum));
  return eventMaximum === undefined ? least : minDecimal(least, priceDecimal(eventMaximum));
};

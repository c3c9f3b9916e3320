import type { AccountDiscountTerms, LineDiscount } from '#contracts';
import { Decimal, money, type LocalDate, type Money } from '#kernel';
import { stackedDiscounts } from './discount.js';

/** What is taken off all that an account is charged. */
export interface AccountDiscount {
  readonly terms: AccountDiscountTerms;
  readonly removed: boolean;
}

/** Whether it is taken off what comes about on a day. */
export const countsOn = ({ terms: { ends }, removed }: AccountDiscount, day: LocalDate): boolean =>
  !removed && (ends === undefined || day < ends);

/** What is left of an item, which has no periods: those that count for some of them take nothing off it. What is given back stays as it is. */
export const lessAccountDiscounts = (
  amount: Money,
  discounts: Iterable<AccountDiscount>,
  day: LocalDate,
): { readonly amount: Money; readonly discounts?: readonly LineDiscount[] } => {
  const counting = [...discounts].filter((one) => countsOn(one, day) && one.terms.duration !== 'periods');
  if (counting.length === 0 || amount.minor <= 0n) return { amount };
  const { each, left } = stackedDiscounts(
    amount.minor,
    counting.map(({ terms }) => ({ kind: 'percent', percent: Decimal.parse(terms.percent) })),
  );
  const taken = counting.flatMap(({ terms: { discountId, name } }, index) =>
    each[index] === 0n ? [] : [{ discountId, name, amount: money(each[index]!, amount.currency) }],
  );
  return { amount: money(left, amount.currency), ...(taken.length === 0 ? {} : { discounts: taken }) };
};

import type { DiscountId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { AppliedDiscount } from './applied-discount.js';

/** A discount of any subscription of the account. */
export const discountIn = (
  { subscriptions }: Pick<Account, 'subscriptions'>,
  discountId: DiscountId,
): AppliedDiscount | undefined => {
  for (const { discounts } of subscriptions.values()) {
    const found = discounts.find(({ id }) => id === discountId);
    if (found) return found;
  }
  return undefined;
};

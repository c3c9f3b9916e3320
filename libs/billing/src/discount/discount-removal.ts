import type { Fact } from '#contracts';
import type { Account } from '../account/account.state.js';
import type { Subscription } from '../subscription/subscription.js';
import type { AppliedDiscount, DiscountWindow } from './applied-discount.js';
import { changes, withDiscount, type When } from './discount-beginnings.js';
import { openPeriod } from './discount-window.js';

/** It counts in no period of which nothing is billed yet. */
export const removedFact = (
  discount: AppliedDiscount,
  subscription: Subscription,
  account: Account,
  { catalog, now }: When,
): Fact<'DiscountRemoved'> => {
  const window =
    discount.window &&
    endingAt(discount.window, openPeriod(subscription, account.billed.values(), catalog, now)?.start);
  const after = withDiscount(subscription, { ...discount, window, removed: true });
  return {
    type: 'DiscountRemoved',
    data: {
      discountId: discount.id,
      subscriptionId: subscription.id,
      ...(window?.until ? { until: window.until } : {}),
      ...changes(subscription, after, account, catalog),
    },
  };
};

const endingAt = (window: DiscountWindow, at: DiscountWindow['until'] | undefined): DiscountWindow =>
  at === undefined || at === null || (window.until !== null && window.until <= at) ? window : { ...window, until: at };

import type { AccountFact, DiscountFact } from '#contracts';
import { notFound, refuse, type DiscountId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Slice } from '../account/slice.js';
import { subscriptionOf } from '../subscription/subscription-of.js';
import type { Subscription } from '../subscription/subscription.js';
import { accountDiscountDecisions } from './account-discount.decider.js';
import type { AppliedDiscount } from './applied-discount.js';
import { appliedDiscount, appliedFact, beginning, windowIn, type When } from './discount-beginnings.js';
import { discountIn } from './discount-in.js';
import { removedFact } from './discount-removal.js';
import type { DiscountCommand, NewDiscount } from './discount.commands.js';

type Command<Type extends DiscountCommand['type']> = Extract<DiscountCommand, { type: Type }>;

/** Takes something off from the first period on of which nothing is billed yet. */
const apply = (command: Command<'ApplyDiscount'>, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const subscription = subscriptionOf(account, command.subscriptionId);
  if (subscription.discounts.some(({ id }) => id === command.discountId)) return [];
  if (account.lapsedRedemptions.has(command.discountId))
    return refuse(
      'coupon_redemption_lapsed',
      'This request took too long to redeem the coupon: ask again as a new one.',
    );
  return applied(command, subscription, account, command);
};

/** @throws DomainError where it does not go with the subscription */
const applied = (
  added: NewDiscount,
  subscription: Subscription,
  account: Account,
  when: When,
): readonly DiscountFact[] => {
  const told = appliedFact(added, subscription, account, when);
  if (subscription.activatedAt === null) return [told];
  const began = beginning(appliedDiscount(told.data), subscription, account, when);
  return [told, began ?? refuse('discount_without_period', 'No period begins any more of which nothing is billed.')];
};

const remove = (command: Command<'RemoveDiscount'>, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const subscription = subscriptionOf(account, command.subscriptionId);
  const discount = discountOf(subscription, command.discountId);
  return discount.removed ? [] : [removedFact(discount, subscription, account, command)];
};

/** @throws DomainError `discount_not_found` */
export const discountOf = ({ discounts }: Pick<Subscription, 'discounts'>, discountId: string): AppliedDiscount =>
  discounts.find(({ id }) => id === discountId) ?? notFound('discount', discountId);

const lapse = ({ discountId, coupon }: Command<'LapseRedemption'>, account: Account): readonly AccountFact[] => {
  if (account.lapsedRedemptions.has(discountId) || discountIn(account, discountId)) return [];
  return [{ type: 'RedemptionLapsed', data: { discountId, coupon } }];
};

/** Changes a discount that is there. */
const to =
  <Data extends { readonly subscriptionId: Subscription['id']; readonly discountId: DiscountId }>(
    change: (discount: AppliedDiscount, data: Data) => AppliedDiscount,
  ) =>
  ({ subscriptions }: Account, data: Data): void => {
    const subscription = subscriptions.get(data.subscriptionId)!;
    subscription.discounts = subscription.discounts.map((one) =>
      one.id === data.discountId ? change(one, data) : one,
    );
  };

export const discountSlice: Slice<DiscountCommand, DiscountFact> = {
  decide: { ApplyDiscount: apply, RemoveDiscount: remove, LapseRedemption: lapse, ...accountDiscountDecisions },
  evolve: {
    DiscountApplied({ subscriptions }, data) {
      const subscription = subscriptions.get(data.subscriptionId)!;
      subscription.discounts = [...subscription.discounts, appliedDiscount(data)];
    },
    DiscountBegan: to((discount, data) => ({ ...discount, window: windowIn(data) })),
    DiscountRemoved: to((discount, { until }) => ({
      ...discount,
      removed: true,
      window: discount.window && { ...discount.window, until: until ?? discount.window.until },
    })),
    AccountDiscountApplied({ discounts }, terms) {
      discounts.set(terms.discountId, { terms, removed: false });
    },
    AccountDiscountRemoved({ discounts }, { discountId }) {
      discounts.set(discountId, { ...discounts.get(discountId)!, removed: true });
    },
    RedemptionLapsed({ lapsedRedemptions }, { discountId }) {
      lapsedRedemptions.add(discountId);
    },
  },
};

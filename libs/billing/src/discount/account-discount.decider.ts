import type { AccountFact, DiscountFact } from '#contracts';
import { localDateOf, notFound, refuse, refuseAt } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Subscription } from '../subscription/subscription.js';
import { countsOn, type AccountDiscount } from './account-discount.js';
import { isOver, refuseMoreSubscriptions, takesOneMore } from './applicability.js';
import { accountWideFact, appliedDiscount, beginning, type When } from './discount-beginnings.js';
import { removedFact } from './discount-removal.js';
import type { DiscountCommand } from './discount.commands.js';

type Command<Type extends DiscountCommand['type']> = Extract<DiscountCommand, { type: Type }>;

/** Of one account, beside each other. */
const DISCOUNTS_MAX = 5;

/** Takes something off each of its subscriptions, as if it were applied to that, and off whatever comes about. */
const apply = (command: Command<'ApplyAccountDiscount'>, account: Account): readonly AccountFact[] => {
  const { timeZone } = openProfile(account);
  const { discountId, now } = command;
  if (account.discounts.has(discountId)) return [];
  const today = localDateOf(now, timeZone);
  const terms = { discountId, ...command.terms };
  if (terms.ends !== undefined && terms.ends <= today)
    return refuseAt('/until', 'discount_without_period', `It counts in periods that begin before ${terms.ends}.`);
  const counting = [...account.discounts.values()].filter((one) => countsOn(one, today));
  if (counting.length >= DISCOUNTS_MAX)
    return refuse('too_many_discounts', `An account as a whole has at most ${DISCOUNTS_MAX} discounts at a time.`);
  refuseMoreSubscriptions(account, 0);
  const own = [...account.subscriptions.values()].flatMap((one) => appliedTo(one, { terms }, account, command));
  return [{ type: 'AccountDiscountApplied', data: terms }, ...own];
};

/** Nothing where the subscription takes no more. Where no period of it begins any more, it waits for one, should the subscription go on. */
const appliedTo = (
  subscription: Subscription,
  discount: Pick<AccountDiscount, 'terms'>,
  account: Account,
  when: When,
): readonly DiscountFact[] => {
  if (!takesOneMore(subscription, when.now)) return [];
  const applied = accountWideFact(discount, subscription);
  if (subscription.activatedAt === null) return [applied];
  const began = beginning(appliedDiscount(applied.data), subscription, account, when);
  return began === null ? [applied] : [applied, began];
};

const remove = (command: Command<'RemoveAccountDiscount'>, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const { discountId } = command;
  if (accountDiscountOf(account, discountId).removed) return [];
  const going = [...account.subscriptions.values()].filter((one) => !isOver(one, command.now));
  const own = going.flatMap((subscription) =>
    subscription.discounts
      .filter(({ terms, removed }) => terms.accountDiscountId === discountId && !removed)
      .map((discount) => removedFact(discount, subscription, account, command)),
  );
  return [{ type: 'AccountDiscountRemoved', data: { discountId } }, ...own];
};

/** @throws DomainError `discount_not_found` */
export const accountDiscountOf = (
  { discounts }: Pick<Account, 'discounts'>,
  discountId: AccountDiscount['terms']['discountId'],
): AccountDiscount => discounts.get(discountId) ?? notFound('discount', discountId);

export const accountDiscountDecisions = { ApplyAccountDiscount: apply, RemoveAccountDiscount: remove };

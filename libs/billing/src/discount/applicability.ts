import { isBefore, localDateOf, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Subscription } from '../subscription/subscription.js';
import { segmentAt } from '../subscription/timeline.js';
import type { AppliedDiscount } from './applied-discount.js';
import type { DiscountTerms, NewDiscount, RedemptionLimits } from './discount.commands.js';

/** Of one subscription, beside each other. */
const DISCOUNTS_MAX = 20;

/** Whether the account may have it, and the subscription has what it takes something off. @throws DomainError */
export const refuseInapplicable = (
  { terms, limits = {} }: NewDiscount,
  subscription: Subscription,
  account: Account,
  { catalog, now }: { readonly catalog: Catalog; readonly now: Instant },
): void => {
  const { cancellation, zone } = subscription;
  if (isOver(subscription, now)) refuse('subscription_ended', `The subscription ended at ${cancellation!.endsAt}.`);
  const { currency } = openProfile(account);
  if (terms.amount !== undefined && terms.amount.currency !== currency)
    refuseAt('/amount/currency', 'currency_mismatch', `The account is billed in ${currency}.`);
  if (terms.ends !== undefined && terms.ends <= localDateOf(now, zone))
    refuseAt('/until', 'discount_without_period', `It counts in periods that begin before ${terms.ends}.`);
  refuseElsewhere(terms, subscription, catalog, now);
  if (terms.coupon !== undefined) refuseRedeemed(terms.coupon, limits, account);
  const live = liveDiscounts(subscription, now);
  if (live.length >= DISCOUNTS_MAX)
    refuse('too_many_discounts', `A subscription has at most ${DISCOUNTS_MAX} discounts at a time.`);
  if (live.length > 0 && (terms.exclusive === true || live.some((one) => one.terms.exclusive === true)))
    refuse('discount_not_combinable', 'The subscription has another discount, and one of them goes with no other.');
};

export const isOver = ({ cancellation }: Pick<Subscription, 'cancellation'>, now: Instant): boolean =>
  cancellation !== null && !isBefore(now, cancellation.endsAt);

/** Each of them has it, and loses it, in one append of a mebibyte at the most, with what recurs of each of some twenty charges. */
const SUBSCRIPTIONS_MAX = 200;

/** @throws DomainError `too_many_subscriptions`, with those that come about */
export const refuseMoreSubscriptions = (
  { liveSubscriptions }: Pick<Account, 'liveSubscriptions'>,
  more: number,
): void => {
  if (liveSubscriptions + more > SUBSCRIPTIONS_MAX)
    refuse(
      'too_many_subscriptions',
      `An account that has a discount as a whole has at most ${SUBSCRIPTIONS_MAX} live subscriptions.`,
    );
};

/** Whether one of the account as a whole is taken off it: where it is not over, and has nothing that goes with no other. */
export const takesOneMore = (subscription: Subscription, now: Instant): boolean => {
  const live = liveDiscounts(subscription, now);
  return (
    !isOver(subscription, now) && live.length < DISCOUNTS_MAX && live.every(({ terms }) => terms.exclusive !== true)
  );
};

const liveDiscounts = ({ discounts, zone }: Subscription, now: Instant): AppliedDiscount[] =>
  discounts.filter((one) => isLive(one, localDateOf(now, zone)));

const isLive = ({ removed, terms, usedOn, window }: AppliedDiscount, today: string): boolean =>
  !removed &&
  !(terms.duration === 'once' && usedOn !== null) &&
  !(terms.ends !== undefined && terms.ends <= today) &&
  !(window?.until != null && window.until <= today);

/** Plans and charges that are named are to be among those that the subscription has. */
const refuseElsewhere = (
  { plans, charges }: DiscountTerms,
  { segments, terms }: Subscription,
  catalog: Catalog,
  now: Instant,
): void => {
  const { plan: key, planVersion: version } = segmentAt(segments, now) ?? terms;
  if (plans !== undefined && !plans.includes(key))
    refuse('discount_not_applicable', `It takes nothing off plan “${key}”.`);
  const plan = planVersion(catalog, key, version);
  if (charges !== undefined && !plan.charges.some((charge) => charges.includes(charge.key)))
    refuse('discount_not_applicable', `Plan “${key}” has none of the charges that it takes something off.`);
};

const refuseRedeemed = (coupon: string, { perAccount, firstTimeOnly }: RedemptionLimits, account: Account): void => {
  const redeemed = [...account.subscriptions.values()]
    .flatMap(({ discounts }) => discounts)
    .filter(({ terms }) => terms.coupon === coupon).length;
  if (perAccount !== undefined && redeemed >= perAccount)
    refuseAt('/coupon', 'coupon_already_redeemed', `The account has redeemed coupon “${coupon}” already.`);
  if (
    firstTimeOnly === true &&
    [...account.invoices.values()].some(({ issued, status }) => issued && status !== 'void')
  )
    refuseAt('/coupon', 'coupon_first_time_only', `Coupon “${coupon}” is for accounts without an invoice.`);
};

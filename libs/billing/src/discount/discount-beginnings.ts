import type { DiscountFact, Fact } from '#contracts';
import { derivedId, localDateOf, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { recurringChanges, recurringStretches } from '../subscription/recurring-changes.js';
import type { Subscription } from '../subscription/subscription.js';
import { countsOn, type AccountDiscount } from './account-discount.js';
import { refuseInapplicable, refuseMoreSubscriptions, takesOneMore } from './applicability.js';
import type { AppliedDiscount, DiscountWindow } from './applied-discount.js';
import { openPeriod, windowFrom } from './discount-window.js';
import type { NewDiscount } from './discount.commands.js';

export interface When {
  readonly catalog: Catalog;
  readonly now: Instant;
}

/** @throws DomainError where it does not go with the subscription */
export const appliedFact = (
  added: NewDiscount,
  subscription: Subscription,
  account: Account,
  when: When,
): Fact<'DiscountApplied'> => {
  refuseInapplicable(added, subscription, account, when);
  const { discountId, terms } = added;
  return { type: 'DiscountApplied', data: { discountId, subscriptionId: subscription.id, ...terms } };
};

/** With a subscription that comes about in the same append, before it begins; those of the account as a whole come after its own. */
export const createdWith = (
  discounts: readonly NewDiscount[],
  subscription: Subscription,
  account: Account,
  when: When,
): { readonly facts: readonly DiscountFact[]; readonly subscription: Subscription } => {
  const facts: DiscountFact[] = [];
  let created = subscription;
  for (const added of discounts) {
    const fact = appliedFact(added, created, account, when);
    facts.push(fact);
    created = withDiscount(created, appliedDiscount(fact.data));
  }
  const day = localDateOf(when.now, subscription.zone);
  for (const discount of account.discounts.values()) {
    if (!countsOn(discount, day) || !takesOneMore(created, when.now)) continue;
    refuseMoreSubscriptions(account, 1);
    const fact = accountWideFact(discount, created);
    facts.push(fact);
    created = withDiscount(created, appliedDiscount(fact.data));
  }
  return { facts, subscription: created };
};

/** What is taken off an account as a whole, taken off one of its subscriptions. */
export const accountWideFact = (
  { terms: { discountId, ...terms } }: Pick<AccountDiscount, 'terms'>,
  { id: subscriptionId }: Pick<Subscription, 'id'>,
): Fact<'DiscountApplied'> => ({
  type: 'DiscountApplied',
  data: {
    discountId: derivedId('dsc', discountId, subscriptionId),
    subscriptionId,
    accountDiscountId: discountId,
    ...terms,
  },
});

/** Those of a subscription that begins, or goes on, with them. What has no period in it waits for one. */
export const begunWith = (subscription: Subscription, account: Account, when: When): readonly DiscountFact[] => {
  const facts: DiscountFact[] = [];
  let begun = subscription;
  for (const discount of subscription.discounts) {
    if (discount.removed || discount.window !== null) continue;
    const fact = beginning(discount, begun, account, when);
    if (fact === null) continue;
    facts.push(fact);
    begun = withDiscount(begun, { ...discount, window: windowIn(fact.data) });
  }
  return facts;
};

/** Null where it has no period to count in. */
export const beginning = (
  discount: AppliedDiscount,
  subscription: Subscription,
  account: Account,
  { catalog, now }: When,
): Fact<'DiscountBegan'> | null => {
  const open = openPeriod(subscription, account.billed.values(), catalog, now);
  const window = open && windowFrom(discount.terms, open);
  if (!window || (window.until !== null && window.until <= window.from)) return null;
  return {
    type: 'DiscountBegan',
    data: {
      discountId: discount.id,
      subscriptionId: subscription.id,
      from: window.from,
      ...(window.until === null ? {} : { until: window.until }),
      ...changes(subscription, withDiscount(subscription, { ...discount, window }), account, catalog),
    },
  };
};

/** What a discount more, or less, does to what recurs. */
export const changes = (before: Subscription, after: Subscription, account: Account, catalog: Catalog) => ({
  currency: openProfile(account).currency,
  movements: recurringChanges(
    recurringStretches(before.segments, before, catalog),
    recurringStretches(after.segments, after, catalog),
  ),
});

export const withDiscount = (subscription: Subscription, discount: AppliedDiscount): Subscription => {
  const others = subscription.discounts.filter(({ id }) => id !== discount.id);
  const at = subscription.discounts.findIndex(({ id }) => id === discount.id);
  return { ...subscription, discounts: at < 0 ? [...others, discount] : others.toSpliced(at, 0, discount) };
};

export const appliedDiscount = (terms: Fact<'DiscountApplied'>['data']): AppliedDiscount => ({
  id: terms.discountId,
  terms,
  window: null,
  removed: false,
  usedOn: null,
  given: new Map(),
});

export const windowIn = ({ from, until }: Pick<Fact<'DiscountBegan'>['data'], 'from' | 'until'>): DiscountWindow => ({
  from,
  until: until ?? null,
});

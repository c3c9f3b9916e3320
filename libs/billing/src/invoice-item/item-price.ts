import type { Fact } from '#contracts';
import { Decimal, localDateOf, powerOfTen, refuseAt, roundedToMinor, type Instant, type Money } from '#kernel';
import type { Account, Profile } from '../account/account.state.js';
import { lessAccountDiscounts } from '../discount/account-discount.js';
import type { ItemPrice } from './invoice-item.commands.js';

/** @throws DomainError `currency_mismatch` | `invalid_amount` */
const priced = (
  price: ItemPrice,
  currency: string,
): Pick<Fact<'InvoiceItemAdded'>['data'], 'quantity' | 'unitAmount' | 'amount'> => {
  if ('amount' in price) {
    const { amount } = price;
    if (amount.currency !== currency)
      return refuseAt('/amount/currency', 'currency_mismatch', `The account is billed in ${currency}.`);
    return { quantity: '1', amount: bounded(amount, '/amount/amount') };
  }
  const { quantity, unitAmount } = price;
  const major = Decimal.parse(quantity).times(Decimal.parse(unitAmount));
  return { ...price, amount: bounded(roundedToMinor(major, currency, 'half_up'), '/unitAmount') };
};

/** What it comes to, and what is left of that. @throws DomainError `currency_mismatch` | `invalid_amount` */
export const discounted = (
  price: ItemPrice,
  account: Pick<Account, 'discounts'>,
  { currency, timeZone }: Pick<Profile, 'currency' | 'timeZone'>,
  now: Instant,
): Pick<Fact<'InvoiceItemAdded'>['data'], 'quantity' | 'unitAmount' | 'amount' | 'discounts'> => {
  const { amount, ...rest } = priced(price, currency);
  return { ...rest, ...lessAccountDiscounts(amount, account.discounts.values(), localDateOf(now, timeZone)) };
};

/** Far above any bill, and so far below what stored amounts can hold that no number of items comes to more than that. */
const AMOUNT_MAX = powerOfTen(24);

/** @throws DomainError `invalid_amount` */
export const bounded = (amount: Money, pointer: string): Money =>
  amount.minor > AMOUNT_MAX || amount.minor < -AMOUNT_MAX
    ? refuseAt(pointer, 'invalid_amount', 'This comes to too large an amount.')
    : amount;

import { majorUnits } from '#kernel';
import { Type, type Static } from 'typebox';
import { Currency, DecimalText } from '../events/shapes.js';

/** Money as every door tells it: a decimal with the currency's own digits. */
export const PublicMoney = Type.Object(
  { amount: DecimalText, currency: Currency },
  { description: 'A decimal amount with the digits of its currency' },
);

export const publicMoney = (stored: {
  readonly minor: string;
  readonly currency: string;
}): Static<typeof PublicMoney> => ({
  amount: majorUnits({ minor: BigInt(stored.minor), currency: stored.currency }),
  currency: stored.currency,
});

export const usd = (amount: string): Static<typeof PublicMoney> => ({ amount, currency: 'USD' });

/** Ids for examples. */
export const exampleId = <Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` =>
  `${prefix}_01j9zq6e4hf0fvwpn5t5jzq3cd`;

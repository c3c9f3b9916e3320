import { money, type Money } from '#kernel';

/** What a gateway takes of a currency, in its minor units by ISO 4217. */
export interface AmountRule {
  /** Amounts are whole multiples of it. */
  readonly step: bigint;
  readonly minimum: bigint;
  readonly maximum: bigint;
}

/** How much of an amount can be collected now; the rest is carried over. */
export type Collectable =
  | { readonly collected: Money; readonly left: Money }
  | { readonly refusal: 'currency_not_supported' | 'amount_below_minimum' | 'amount_above_maximum' };

/** Rounds down to what the gateway takes: nobody pays more than is owed. */
export const collectable = (amount: Money, rule: AmountRule | undefined): Collectable => {
  if (!rule) return { refusal: 'currency_not_supported' };
  const minor = amount.minor - (amount.minor % rule.step);
  if (minor <= 0n || minor < rule.minimum) return { refusal: 'amount_below_minimum' };
  if (minor > rule.maximum) return { refusal: 'amount_above_maximum' };
  return { collected: money(minor, amount.currency), left: money(amount.minor - minor, amount.currency) };
};

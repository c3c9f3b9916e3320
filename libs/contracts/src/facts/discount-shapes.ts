import { Type } from 'typebox';
import type { Held, HeldIn } from './held.js';
import { closed, Currency, DateText, DecimalText, IdText, InstantText, Key, MoneyShape, OneOf } from './shapes.js';
import { PercentText } from './tax-shapes.js';

/** In capitals: codes are compared without regard to case. */
export const CouponCode = Type.String({ pattern: '^[A-Z0-9][A-Z0-9_-]{0,63}$' });

const Name = Type.String({ minLength: 1, maxLength: 128 });
const Keys = Type.Array(Key, { minItems: 1, maxItems: 100 });

/** `once`: on the first invoice that it takes something off. `periods`, `until`: of periods that begin before an end. */
const DiscountDuration = OneOf('once', 'periods', 'until', 'forever');
export type DiscountDuration = Held<typeof DiscountDuration>;

/** How long it lasts, and what of a subscription it takes something off. */
const terms = {
  name: Name,
  /** Of what is left by the percentages before it; without one, an amount is taken off. */
  percent: Type.Optional(PercentText),
  duration: DiscountDuration,
  /** With `periods`: so many periods of the plan. */
  periods: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_200 })),
  /** Of these plans, these charges; of all where they are not named. */
  plans: Type.Optional(Keys),
  charges: Type.Optional(Keys),
  /** Nothing else is taken off beside it. */
  exclusive: Type.Optional(Type.Literal(true)),
};

const coupon = {
  code: CouponCode,
  ...terms,
  /** In major units, once in each period, in place of a percentage. */
  amounts: Type.Optional(Type.Record(Currency, DecimalText, { ...closed, minProperties: 1 })),
  /** With `until`: of periods that begin before this day. */
  until: Type.Optional(DateText),
  /** From here on, nobody redeems it any more. */
  redeemBy: Type.Optional(InstantText),
  maxRedemptions: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  maxRedemptionsPerAccount: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  /** Of accounts to which no invoice was issued yet. */
  firstTimeOnly: Type.Optional(Type.Literal(true)),
};
export const couponFields = coupon;
/** What takes something off for whoever knows its code. */
export type Coupon = HeldIn<typeof coupon>;

/** A percentage of all that an account is charged. */
const accountWide = {
  discountId: IdText('dsc'),
  name: Name,
  percent: PercentText,
  duration: OneOf('periods', 'until', 'forever'),
  /** With `periods`: so many periods of each subscription. */
  periods: terms.periods,
  /** With `until`: of periods that begin, and items that are added, before this day. */
  ends: Type.Optional(DateText),
};
export const accountDiscountFields = accountWide;
export type AccountDiscountTerms = HeldIn<typeof accountWide>;

const applied = {
  discountId: IdText('dsc'),
  subscriptionId: IdText('sub'),
  /** Of the account as a whole, which it comes from. */
  accountDiscountId: Type.Optional(IdText('dsc')),
  /** Of the coupon that was redeemed; none where it was agreed. */
  coupon: Type.Optional(CouponCode),
  ...terms,
  /** Once in each period, in place of a percentage. */
  amount: Type.Optional(MoneyShape),
  /** With `until`: of periods that begin before this day. */
  ends: Type.Optional(DateText),
};
export const appliedFields = applied;
export type AppliedTerms = HeldIn<typeof applied>;

/** The periods that it counts in: those that begin on these days, the last one not included. */
export const discountWindow = { from: DateText, until: Type.Optional(DateText) };

/** What a discount takes off a line; below zero where less is owed than was billed before. */
const LineDiscount = Type.Object({ discountId: IdText('dsc'), name: Name, amount: MoneyShape }, closed);
export type LineDiscount = Held<typeof LineDiscount>;
export const LineDiscounts = Type.Array(LineDiscount, { minItems: 1, maxItems: 50 });

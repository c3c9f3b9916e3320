import { Type } from 'typebox';
import { accountDiscountFields, appliedFields, CouponCode, discountWindow } from './discount-shapes.js';
import { fact } from './fact.js';
import { exampleId } from './public-shapes.js';
import { Currency, DateText, IdText, TimerShape } from './shapes.js';
import { Movements } from './timeline-shapes.js';

const discountId = IdText('dsc');
const subscriptionId = IdText('sub');
const accountId = IdText('acc');
const named = { discountId: exampleId('dsc'), subscriptionId: exampleId('sub') };
const recurring = { currency: Currency, movements: Movements };

/** Of the stream of a coupon: who may redeem it is decided there, and whether somebody did, in the stream of the account. */
const redemption = { coupon: CouponCode, discountId, accountId };
const WITHHELD = 'How the limit of a coupon is kept; the discount of whoever redeemed it is published.';

export const discountFacts = {
  DiscountApplied: fact('Something is taken off what a subscription costs.', appliedFields).told({
    type: 'discount.applied',
    means: 'Something is taken off what a subscription costs: a coupon was redeemed, or it was agreed.',
    fields: ['discountId', 'subscriptionId', 'coupon', 'name', 'percent', 'amount', 'duration'],
    example: { ...named, coupon: 'LAUNCH20', name: 'Launch', percent: '20', duration: 'forever' },
  }),
  DiscountBegan: fact(
    'From which period on a discount counts, and up to which. A subscription that has not begun has no periods yet.',
    { discountId, subscriptionId, ...discountWindow, ...recurring },
    'from',
  ).told({
    type: 'discount.began',
    means: 'It is known in which periods a discount counts: those that begin on these days.',
    fields: ['discountId', 'subscriptionId', 'from', 'until'],
    example: { ...named, from: '2026-01-01', until: '2026-04-01' },
  }),
  DiscountRemoved: fact('It counts in no further period. What it took off stays.', {
    discountId,
    subscriptionId,
    /** The first day on which a period begins that it does not count in; absent where it had not begun. */
    until: Type.Optional(DateText),
    ...recurring,
  }).told({
    type: 'discount.removed',
    means: 'A discount counts in no further period. What it took off stays.',
    fields: ['discountId', 'subscriptionId', 'until'],
    example: { ...named, until: '2026-03-01' },
  }),
  AccountDiscountApplied: fact(
    'Something is taken off all that an account is charged: what it has by now, and what comes about.',
    accountDiscountFields,
  ).told({
    type: 'account_discount.applied',
    means: 'Something is taken off all that an account is charged.',
    fields: ['discountId', 'name', 'percent', 'duration'],
    example: { discountId: exampleId('dsc'), name: 'Partner', percent: '10', duration: 'forever' },
  }),
  AccountDiscountRemoved: fact('It is taken off nothing that comes about. What it took off stays.', {
    discountId,
  }).told({
    type: 'account_discount.removed',
    means: 'A discount of an account as a whole is taken off nothing that comes about.',
    fields: ['discountId'],
    example: { discountId: exampleId('dsc') },
  }),
  RedemptionLapsed: fact('A reservation was not used in its time: from here on, it is not used any more.', {
    discountId,
    coupon: CouponCode,
  }).withheld(WITHHELD),
};

export const redemptionFacts = {
  RedemptionReserved: fact('One of the redemptions of a coupon is held for an account, for a while.', {
    ...redemption,
    timer: TimerShape,
  }).withheld(WITHHELD),
  RedemptionConfirmed: fact('The account has redeemed it.', redemption).withheld(WITHHELD),
  RedemptionReleased: fact('The account has not redeemed it: it is free for others again.', redemption).withheld(
    WITHHELD,
  ),
};

import type { Fact, RedemptionFact } from '#contracts';
import { refuseAt, type AccountId, type Decider, type DiscountId, type Instant } from '#kernel';
import { timerOf } from '../timer/timer.js';

/** One redemption of a coupon, by the discount that comes of it. */
export interface Redemption {
  readonly coupon: string;
  readonly discountId: DiscountId;
  readonly accountId: AccountId;
}

export type RedemptionCommand =
  | {
      readonly type: 'ReserveRedemption';
      readonly redemption: Redemption;
      /** Null where there is no limit. */
      readonly most: number | null;
      /** When it is looked after, unless it was confirmed or released. */
      readonly lapsesAt: Instant;
    }
  | { readonly type: 'ConfirmRedemption' | 'ReleaseRedemption'; readonly discountId: DiscountId };

/** Who has redeemed one coupon, and for whom that is held. */
export interface Redemptions {
  readonly reserved: Map<DiscountId, Redemption>;
  readonly confirmed: Set<DiscountId>;
  reservations: number;
}

export const redemptionDecider: Decider<Redemptions, RedemptionCommand, RedemptionFact> = {
  initialState: () => ({ reserved: new Map(), confirmed: new Set(), reservations: 0 }),

  decide(command, { reserved, confirmed, reservations }) {
    if (command.type !== 'ReserveRedemption') {
      const held = reserved.get(command.discountId);
      if (held === undefined) return [];
      return [
        { type: command.type === 'ConfirmRedemption' ? 'RedemptionConfirmed' : 'RedemptionReleased', data: held },
      ];
    }
    const { redemption, most, lapsesAt } = command;
    const { discountId, coupon } = redemption;
    if (reserved.has(discountId) || confirmed.has(discountId)) return [];
    if (most !== null && reserved.size + confirmed.size >= most)
      return refuseAt(
        '/coupon',
        'coupon_exhausted',
        `Coupon “${coupon}” has been redeemed ${most} times: as often as it may be.`,
      );
    const timer = timerOf('redemption', discountId, lapsesAt, reservations + 1);
    return [{ type: 'RedemptionReserved', data: { ...redemption, timer } }];
  },

  evolve(redemptions, { type, data }) {
    if (type === 'RedemptionReserved') {
      redemptions.reserved.set(data.discountId, redemptionIn(data));
      redemptions.reservations += 1;
      return;
    }
    redemptions.reserved.delete(data.discountId);
    if (type === 'RedemptionConfirmed') redemptions.confirmed.add(data.discountId);
  },
};

const redemptionIn = ({ coupon, discountId, accountId }: Fact<'RedemptionReserved'>['data']): Redemption => ({
  coupon,
  discountId,
  accountId,
});

import { catalogStream, type Coupon } from '#contracts';
import type { DiscountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';
import { CouponRedemptions } from './coupon-redemptions.js';
import { CouponRedeeming, streamOfCoupon } from './redeeming.js';

export interface CouponRecord {
  readonly coupon: Coupon;
  readonly archived: boolean;
  /** How often it was redeemed. */
  readonly redemptions: number;
}

export class DefineCoupon extends Command<Executed<CouponRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly coupon: Coupon,
  ) {
    super();
  }
}

/** Nobody can redeem it any more; what was redeemed stays. */
export class ArchiveCoupon extends Command<Executed<CouponRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly code: string,
  ) {
    super();
  }
}

/** Told by the agenda: a redemption was neither confirmed nor released in its time. */
export class SettleRedemption extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly stream: string,
    readonly discountId: DiscountId,
  ) {
    super();
  }
}

/** A reservation that a request left behind. */
export const couponTimers = {
  redemption: ({ envelope, owner, subject }) => new SettleRedemption(envelope, owner, subject as DiscountId),
} satisfies Timers<'coupon'>;

@CommandHandler(DefineCoupon)
export class DefineCouponHandler implements ICommandHandler<DefineCoupon> {
  constructor(private readonly catalogs: Catalogs) {}

  execute({ envelope, coupon }: DefineCoupon): Promise<Executed<CouponRecord>> {
    return this.catalogs.execute(
      catalogStream(envelope.tenantId),
      envelope,
      { type: 'DefineCoupon', coupon },
      ({ state }) => ({ ...couponIn(state.coupons.get(coupon.code)!), redemptions: 0 }),
    );
  }
}

@CommandHandler(ArchiveCoupon)
export class ArchiveCouponHandler implements ICommandHandler<ArchiveCoupon> {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly redemptions: CouponRedemptions,
  ) {}

  async execute({ envelope, code }: ArchiveCoupon): Promise<Executed<CouponRecord>> {
    const { tenantId } = envelope;
    const redemptions = await this.redemptions.view(
      streamOfCoupon(tenantId, code),
      ({ confirmed }) => confirmed.size,
      0,
    );
    return this.catalogs.execute(catalogStream(tenantId), envelope, { type: 'ArchiveCoupon', code }, ({ state }) => ({
      ...couponIn(state.coupons.get(code)!),
      redemptions,
    }));
  }
}

@CommandHandler(SettleRedemption)
export class SettleRedemptionHandler implements ICommandHandler<SettleRedemption> {
  constructor(private readonly redeeming: CouponRedeeming) {}

  execute({ envelope, stream, discountId }: SettleRedemption): Promise<Executed<null>> {
    return this.redeeming.settle(envelope, stream, discountId);
  }
}

const couponIn = ({ archived, ...coupon }: Coupon & { readonly archived: boolean }) => ({ coupon, archived });

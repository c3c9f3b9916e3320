import { accountStream, couponStream } from '#contracts';
import { Clock, DomainError, plusDuration, sha256Hex, type AccountId, type DiscountId, type TenantId } from '#kernel';
import { subcommand, type Envelope, type Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import { knownProfile } from '../../account/profile.decider.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import type { NewDiscount } from '../../discount/discount.commands.js';
import { discountIn } from '../../discount/discount-in.js';
import { discountOfCoupon, redeemable } from '../redeemable.js';
import { CouponRedemptions } from './coupon-redemptions.js';

/** So long a reservation waits for its discount, before it is looked after. */
const RESERVED_SECONDS = 900;

export const streamOfCoupon = (tenantId: TenantId, code: string): string => couponStream(tenantId, sha256Hex(code));

/** A coupon that somebody wants to redeem, and the discount that is to come of it. */
export interface Redeeming {
  readonly code: string;
  readonly discountId: DiscountId;
}

/**
 * Redeems coupons in three steps, each of which may be the last one before a crash: one of the redemptions is reserved in the stream of the coupon,
 * the account takes the discount, the reservation is confirmed. Whatever was left behind, the timer of the reservation settles by what the
 * account says.
 */
@Injectable()
export class CouponRedeeming {
  constructor(
    private readonly redemptions: CouponRedemptions,
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
    private readonly clock: Clock,
  ) {}

  /** Holds the coupons while the account takes their discounts. */
  async redeem<Answer>(
    envelope: Envelope,
    accountId: AccountId,
    [first, ...rest]: readonly Redeeming[],
    use: (discounts: readonly NewDiscount[]) => Promise<Executed<Answer>>,
  ): Promise<Executed<Answer>> {
    if (first === undefined) return use([]);
    const discount = await this.reserved(envelope, accountId, first);
    const executed = await this.using(envelope, first, () =>
      this.redeem(envelope, accountId, rest, (others) => use([discount, ...others])),
    );
    await this.end(envelope, first, 'ConfirmRedemption');
    return executed;
  }

  /** Gives back what a refusal did not use. What may have been stored all the same is left to the timer. */
  private async using<Result>(envelope: Envelope, redeeming: Redeeming, use: () => Promise<Result>): Promise<Result> {
    try {
      return await use();
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable')
        await this.end(envelope, redeeming, 'ReleaseRedemption');
      throw error;
    }
  }

  /** Ends what a request left behind: it is confirmed if the account has the discount, and never can be had otherwise. */
  async settle(envelope: Envelope, stream: string, discountId: DiscountId): Promise<Executed<null>> {
    const { tenantId } = envelope;
    const held = await this.redemptions.view(stream, ({ reserved }) => reserved.get(discountId), 0);
    let type: 'ConfirmRedemption' | 'ReleaseRedemption' = 'ReleaseRedemption';
    if (held !== undefined) {
      const { accountId, coupon } = held;
      const lapse = { type: 'LapseRedemption', discountId, coupon } as const;
      const account = accountStream(tenantId, accountId);
      const part = { ...subcommand(envelope, 'lapse'), accountId };
      const { answer } = await this.accounts.execute(
        account,
        part,
        lapse,
        ({ state }) => discountIn(state, discountId) !== undefined,
      );
      if (answer) type = 'ConfirmRedemption';
    }
    return this.redemptions.execute(stream, envelope, { type, discountId }, () => null);
  }

  /** What was redeemed before is redeemed, whatever became of the coupon since. */
  private async reserved(envelope: Envelope, accountId: AccountId, redeeming: Redeeming): Promise<NewDiscount> {
    const { tenantId } = envelope;
    const { code, discountId } = redeeming;
    const [catalog, { currency, terms }, now] = await Promise.all([
      this.catalogs.ofTenant(tenantId),
      this.accounts.view(accountStream(tenantId, accountId), (account) => ({
        currency: knownProfile(account).currency,
        terms: discountIn(account, discountId)?.terms,
      })),
      this.time.of(envelope, accountId),
    ]);
    if (terms !== undefined) return { discountId, terms };
    const coupon = redeemable(catalog, code, now);
    const discount = { discountId, ...discountOfCoupon(coupon, currency) };
    await this.redemptions.execute(
      streamOfCoupon(tenantId, code),
      subcommand(envelope, 'reserve', discountId),
      {
        type: 'ReserveRedemption',
        redemption: { coupon: code, discountId, accountId },
        most: coupon.maxRedemptions ?? null,
        lapsesAt: plusDuration(this.clock.now(), { seconds: RESERVED_SECONDS }),
      },
      () => null,
    );
    return discount;
  }

  private async end(
    envelope: Envelope,
    { code, discountId }: Redeeming,
    type: 'ConfirmRedemption' | 'ReleaseRedemption',
  ): Promise<void> {
    const part = subcommand(envelope, type, discountId);
    await this.redemptions.execute(streamOfCoupon(envelope.tenantId, code), part, { type, discountId }, () => null);
  }
}

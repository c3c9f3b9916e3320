import type { AccountDiscountTerms, AppliedTerms } from '#contracts';
import type { DiscountId, Instant, SubscriptionId } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';

/** What is taken off, and on whose behalf. */
export type DiscountTerms = Omit<AppliedTerms, 'discountId' | 'subscriptionId'>;

/** What a coupon asks of the account that redeems it. */
export interface RedemptionLimits {
  readonly perAccount?: number;
  readonly firstTimeOnly?: boolean;
}

/** A discount that is to be applied; its id is that of the redemption, where a coupon was redeemed. */
export interface NewDiscount {
  readonly discountId: DiscountId;
  readonly terms: DiscountTerms;
  readonly limits?: RedemptionLimits;
}

export type DiscountCommand =
  | ({
      readonly type: 'ApplyDiscount';
      readonly subscriptionId: SubscriptionId;
      readonly catalog: Catalog;
      readonly now: Instant;
    } & NewDiscount)
  | {
      readonly type: 'RemoveDiscount';
      readonly subscriptionId: SubscriptionId;
      readonly discountId: DiscountId;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'ApplyAccountDiscount';
      readonly discountId: DiscountId;
      readonly terms: Omit<AccountDiscountTerms, 'discountId'>;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'RemoveAccountDiscount';
      readonly discountId: DiscountId;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  /** The time of a reservation is over: unless it was used, it is not used any more. */
  | { readonly type: 'LapseRedemption'; readonly discountId: DiscountId; readonly coupon: string };

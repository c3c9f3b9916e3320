import { CouponRedemptions, streamOfCoupon } from '#billing/coupon';
import { derivedId, derivedUuid, parseInstant, type AccountId, type DiscountId, type TenantId } from '#kernel';
import type { TestRecount } from './test-recount.js';

/** What a request leaves behind that died after it had reserved a redemption, a while ago. */
export const leaveReservation = async (
  { app }: TestRecount,
  left: { readonly tenantId: string; readonly accountId: string; readonly coupon: string },
): Promise<DiscountId> => {
  const { coupon } = left;
  const [tenantId, accountId] = [left.tenantId as TenantId, left.accountId as AccountId];
  const discountId = derivedId('dsc', accountId, coupon);
  const id = derivedUuid('left', discountId);
  await app.get(CouponRedemptions).execute(
    streamOfCoupon(tenantId, coupon),
    { tenantId, commandId: id, requestHash: id, actor: { type: 'api_key', id: 'key' }, correlationId: id },
    {
      type: 'ReserveRedemption',
      redemption: { coupon, discountId, accountId },
      most: null,
      lapsesAt: parseInstant('2026-01-01T00:00:00Z'),
    },
    () => null,
  );
  return discountId;
};

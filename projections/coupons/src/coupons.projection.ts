import type { CatalogFact, RedemptionFact, Stored } from '#contracts';
import { projection, table, type RowChanges } from '#projection';

export const coupons = table({
  name: 'coupons',
  columns: {
    tenant_id: 'text',
    code: 'text',
    definition: 'jsonb',
    archived: 'boolean',
    defined_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'code'],
  indexes: ['tenant_id, position DESC'],
});

/** Who has redeemed a coupon, and for whom that is held for the moment. */
export const couponRedemptions = table({
  name: 'coupon_redemptions',
  columns: {
    tenant_id: 'text',
    code: 'text',
    discount_id: 'text',
    account_id: 'text',
    confirmed: 'boolean',
    reserved_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'code', 'discount_id'],
  indexes: ['tenant_id, code, position DESC'],
});

const keyOf = ({ metadata, fact: { data } }: Stored<RedemptionFact>) => ({
  tenant_id: metadata.tenantId!,
  code: data.coupon,
  discount_id: data.discountId,
});

export const couponsProjection = projection<CatalogFact | RedemptionFact>({
  name: 'coupons',
  version: 1,
  tables: [coupons, couponRedemptions],
  on: {
    CouponDefined: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(coupons, {
        tenant_id: metadata.tenantId!,
        code: data.code,
        definition: data,
        archived: false,
        defined_at: metadata.recordedAt,
        position,
      }),
    CouponArchived: ({ fact: { data }, metadata }, rows) =>
      rows.patch(coupons, { tenant_id: metadata.tenantId!, code: data.code }, { archived: true }),
    RedemptionReserved: (event, rows: RowChanges) =>
      rows.put(couponRedemptions, {
        ...keyOf(event),
        account_id: event.fact.data.accountId,
        confirmed: false,
        reserved_at: event.metadata.recordedAt,
        position: event.position,
      }),
    RedemptionConfirmed: (event, rows) => rows.patch(couponRedemptions, keyOf(event), { confirmed: true }),
    RedemptionReleased: (event, rows) => rows.remove(couponRedemptions, keyOf(event)),
  },
});

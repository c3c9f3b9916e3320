import type { CouponRecord } from '#billing/coupon';
import type { Coupon } from '#contracts';
import type { AccountId, DiscountId, Instant, TenantId } from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';

/** One redemption of a coupon. */
export interface RedemptionRecord {
  readonly discountId: DiscountId;
  readonly accountId: AccountId;
  /** False while it is held for a request that is not through. */
  readonly confirmed: boolean;
  readonly reservedAt: Instant;
}

interface CouponRow extends Record<string, unknown> {
  readonly definition: Coupon;
  readonly archived: boolean;
  readonly redemptions: bigint;
  readonly position: bigint;
}

interface RedemptionRow extends Record<string, unknown> {
  readonly discount_id: DiscountId;
  readonly account_id: AccountId;
  readonly confirmed: boolean;
  readonly reserved_at: Instant;
  readonly position: bigint;
}

const ORDERS: Orders = { code: { by: 't.code COLLATE "C"', type: 'text' } };

const REDEEMED = `(SELECT count(*) FROM read.coupon_redemptions r WHERE r.tenant_id = t.tenant_id AND r.code = t.code AND r.confirmed)`;

const selectCoupons = () => selectFrom('coupons').addSelect(REDEEMED, 'redemptions').where('true');

export class CouponsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, code: string): Promise<CouponRecord | undefined> {
    const [text, values] = selectCoupons()
      .andWhere('t.tenant_id = :tenantId AND t.code = :code', { tenantId, code })
      .getQueryAndParameters();
    const [row] = await this.database.rows<CouponRow>(tenantId, text, values);
    return row && couponRecord(row);
  }

  async list(tenantId: TenantId, request: PageRequest): Promise<Page<CouponRecord>> {
    const { rows, ...cursors } = await page<CouponRow>(
      this.database,
      tenantId,
      selectCoupons(),
      'position',
      request,
      ORDERS,
    );
    return { rows: rows.map(couponRecord), ...cursors };
  }

  async redemptions(tenantId: TenantId, code: string, request: PageRequest): Promise<Page<RedemptionRecord>> {
    const { rows, ...cursors } = await page<RedemptionRow>(
      this.database,
      tenantId,
      selectFrom('coupon_redemptions').where('t.code = :code', { code }),
      'position',
      request,
    );
    return { rows: rows.map(redemptionRecord), ...cursors };
  }
}

const couponRecord = ({ definition, archived, redemptions }: CouponRow): CouponRecord => ({
  coupon: definition,
  archived,
  redemptions: Number(redemptions),
});

const redemptionRecord = (row: RedemptionRow): RedemptionRecord => ({
  discountId: row.discount_id,
  accountId: row.account_id,
  confirmed: row.confirmed,
  reservedAt: row.reserved_at,
});

import type { AccountDiscountRecord } from '#billing/discount';

/** What is taken off all that an account is charged. */
export class AccountDiscountResource {
  /** @example "dsc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "Partner" */
  name!: string;
  /** @example "10" */
  percent!: string;
  /** @example "forever" */
  duration!: AccountDiscountRecord['duration'];
  /** @example 3 */
  periods!: number | null;
  /** @example "2026-07-01" */
  until!: string | null;
  /** It is taken off nothing that comes about. @example false */
  removed!: boolean;
}

export const accountDiscountResource = (discount: AccountDiscountRecord): AccountDiscountResource => ({
  id: discount.discountId,
  name: discount.name,
  percent: discount.percent,
  duration: discount.duration,
  periods: discount.periods ?? null,
  until: discount.ends ?? null,
  removed: discount.removed,
});

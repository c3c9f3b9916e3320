import type { DiscountDuration } from '#contracts';
import type { DiscountRecord } from '#billing/discount';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** What is taken off what a subscription costs. */
export class DiscountResource {
  /** @example "dsc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  subscriptionId!: string;
  /** That was redeemed; null where it was agreed. @example "LAUNCH20" */
  coupon!: string | null;
  /** @example "Launch" */
  name!: string;
  /** @example "20" */
  percent!: string | null;
  /** In place of a percentage: once in each period. */
  amount!: MoneyDto | null;
  /** @example "periods" */
  duration!: DiscountDuration;
  /** @example 3 */
  periods!: number | null;
  /** Null: all. @example null */
  plans!: string[] | null;
  /** Null: all. @example null */
  charges!: string[] | null;
  /** @example false */
  exclusive!: boolean;
  /** It counts in periods that begin from this day on; null while the subscription has not begun. @example "2026-01-01" */
  from!: string | null;
  /** And before this day; null: for ever, or the subscription has not begun. @example "2026-04-01" */
  until!: string | null;
  /** Of one that counts once: the invoice that it took something off. @example null */
  usedOnInvoiceId!: string | null;
  /** It counts in no further period. @example false */
  removed!: boolean;
}

export const discountResource = (discount: DiscountRecord): DiscountResource => ({
  id: discount.discountId,
  subscriptionId: discount.subscriptionId,
  coupon: discount.coupon ?? null,
  name: discount.name,
  percent: discount.percent ?? null,
  amount: discount.amount ? moneyResource(discount.amount) : null,
  duration: discount.duration,
  periods: discount.periods ?? null,
  plans: discount.plans ? [...discount.plans] : null,
  charges: discount.charges ? [...discount.charges] : null,
  exclusive: discount.exclusive === true,
  from: discount.from,
  until: discount.until,
  usedOnInvoiceId: discount.usedOn,
  removed: discount.removed,
});

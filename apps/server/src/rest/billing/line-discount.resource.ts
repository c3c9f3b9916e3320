import type { LineDiscount } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** What a discount takes off a line. */
export class LineDiscountResource {
  /** @example "dsc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  discountId!: string;
  /** @example "Launch" */
  name!: string;
  /** Below zero where less is owed than was billed before. */
  amount!: MoneyDto;
}

export const lineDiscountResource = ({ discountId, name, amount }: LineDiscount): LineDiscountResource => ({
  discountId,
  name,
  amount: moneyResource(amount),
});

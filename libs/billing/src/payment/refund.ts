import { roundedQuotient } from '#kernel';
import type { TaxMethod } from '../tax/document-tax.js';

/** What a customer paid for, in minor units. */
export interface RefundableOrder {
  readonly behavior: TaxMethod['prices'];
  /** Taxes inside it if inclusive. */
  readonly subtotal: bigint;
  readonly tax: bigint;
  /** Customer balance that was added to what was paid, or (below zero) taken from it. */
  readonly balance: bigint;
}

/**
 * Splits a refund, taken gross, into net and tax. Refunding all that was paid returns all the tax. Any other refund returns the
 * tax in proportion to the order's total, rounded half away from zero, at most all of it. (Polar, `test_order.py`.)
 */
export const splitRefund = (
  { behavior, subtotal, tax, balance }: RefundableOrder,
  refund: bigint,
): { readonly net: bigint; readonly tax: bigint } => {
  const total = behavior === 'inclusive' ? subtotal : subtotal + tax;
  const proportional = total === 0n ? 0n : roundedQuotient(refund * tax, total, 'half_up');
  const returned = refund === total + balance || proportional > tax ? tax : proportional;
  return { net: refund - returned, tax: returned };
};

/** What of an amount that was received is net, when some of the sale was tax: in proportion, rounded half away from zero. */
export const netShare = (gross: bigint, sale: { readonly net: bigint; readonly tax: bigint }): bigint =>
  sale.net + sale.tax === 0n ? 0n : roundedQuotient(gross * sale.net, sale.net + sale.tax, 'half_up');

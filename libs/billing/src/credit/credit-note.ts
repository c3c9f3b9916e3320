import {
  fractionOf,
  minusFraction,
  refuse,
  roundedFraction,
  timesFraction,
  type Decimal,
  type Fraction,
} from '#kernel';
import { taxOn } from '../tax/tax.js';

export interface CreditNoteTotals {
  readonly subtotal: bigint;
  readonly tax: bigint;
  readonly total: bigint;
}

/** Base and tax are each rounded from the exact base, then added: never the rounded sum. (Lago, `credit_note_rounding_spec.rb`.) */
const totalsOf = (base: Fraction, taxRate: Decimal): CreditNoteTotals => {
  const subtotal = roundedFraction(base, 'half_up');
  const tax = taxOn(base, taxRate);
  return { subtotal, tax, total: subtotal + tax };
};

/** What is given back of a fee for the part of its period that is not used, in minor units. */
export const creditNoteForUnused = (fee: bigint, unused: Fraction, taxRate: Decimal): CreditNoteTotals =>
  totalsOf(timesFraction(fractionOf(fee), unused), taxRate);

export interface CreditNoteItems extends CreditNoteTotals {
  /** What coupons had paid of the items, and is not given back. */
  readonly couponAdjustment: bigint;
  /** The part that stays as credit. */
  readonly balance: bigint;
}

/**
 * A credit note over items of an invoice that coupons paid in part. Adjustment, base and tax are each rounded half away from
 * zero, so adjustment and base may come to one unit more than the items. What is given back goes to credit and refund.
 * @throws DomainError `credit_note_too_large`: credit and refund are more than the note
 */
export const creditNoteForItems = (
  items: readonly bigint[],
  {
    taxRate,
    couponShare,
    credit,
    refund,
  }: {
    readonly taxRate: Decimal;
    readonly couponShare: Decimal;
    readonly credit: bigint;
    readonly refund: bigint;
  },
): CreditNoteItems => {
  const gross = fractionOf(items.reduce((total, item) => total + item, 0n));
  const adjustment = timesFraction(gross, fractionOf(couponShare));
  const totals = totalsOf(minusFraction(gross, adjustment), taxRate);
  if (credit + refund > totals.total)
    return refuse('credit_note_too_large', 'Credit and refund are more than the credit note.');
  return { ...totals, couponAdjustment: roundedFraction(adjustment, 'half_up'), balance: credit };
};

/**
 * What a plan change gives back of an item: the unused part, but no more than is left of the item after earlier adjustments.
 * Below zero, because it repairs; with the new charge it leaves a credit. (Kill Bill, `TestIntegrationInvoiceWithRepairLogic`.)
 */
export const cappedRepair = ({
  item,
  adjusted,
  unused,
  newCharge,
}: {
  readonly item: bigint;
  readonly adjusted: bigint;
  readonly unused: Fraction;
  readonly newCharge: bigint;
}): { readonly repair: bigint; readonly credit: bigint } => {
  const wanted = roundedFraction(timesFraction(fractionOf(item), unused), 'half_up');
  const left = item - adjusted;
  const repair = wanted < left ? wanted : left;
  return { repair: -repair, credit: repair > newCharge ? repair - newCharge : 0n };
};

import { Decimal } from '#kernel';

/** When usage is billed before its period ends, in minor units of what the usage comes to. */
export interface ProgressiveThresholds {
  /** Rising. */
  readonly thresholds: readonly bigint[];
  /** After the last threshold, every so much more; `null`: never again. */
  readonly recurringStep: bigint | null;
}

/** The first threshold above what has been passed already; `null` if none is left. */
export const nextThreshold = ({ thresholds, recurringStep }: ProgressiveThresholds, passed: bigint): bigint | null => {
  const next = thresholds.find((threshold) => threshold > passed);
  if (next !== undefined) return next;
  if (recurringStep === null) return null;
  const last = thresholds.at(-1) ?? 0n;
  return last + ((passed - last) / recurringStep + 1n) * recurringStep;
};

/**
 * What is billed after each usage event: everything not billed so far, once the running total reaches the next threshold;
 * `null` while it does not. One event may pass several thresholds: that is one invoice. The running total is rated as a whole
 * and billed by the difference. (Lago, `progressive_billing_spec.rb`.)
 */
export const progressiveInvoices = (
  totals: readonly bigint[],
  thresholds: ProgressiveThresholds,
): readonly (bigint | null)[] => {
  let billed = 0n;
  return totals.map((total) => {
    const next = nextThreshold(thresholds, billed);
    if (next === null || total < next) return null;
    const amount = total - billed;
    billed = total;
    return amount;
  });
};

/** The invoice at the period's end: all fees, less what thresholds billed already. */
export const progressivePeriodEnd = (
  fees: readonly bigint[],
  invoices: readonly (bigint | null)[],
): { readonly fees: bigint; readonly credit: bigint; readonly total: bigint } => {
  const all = fees.reduce((total, fee) => total + fee, 0n);
  const credit = invoices.reduce<bigint>((total, invoice) => total + (invoice ?? 0n), 0n);
  return { fees: all, credit, total: all - credit };
};

/** Running totals of usage at a unit price in minor units, each rounded once, half away from zero. */
export const runningTotals = (unitPrice: Decimal, units: readonly Decimal[]): readonly bigint[] => {
  let quantity = Decimal.zero;
  return units.map((more) => {
    quantity = quantity.plus(more);
    return quantity.times(unitPrice).rounded(0, 'half_up').coefficientAt(0);
  });
};

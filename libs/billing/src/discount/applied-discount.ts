import type { AppliedTerms, LineDiscount } from '#contracts';
import type { DiscountId, InvoiceId, LocalDate, LocalPeriod } from '#kernel';

/** The periods that a discount counts in: those that begin on these days, the last one not included. */
export interface DiscountWindow {
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

/** What is taken off what a subscription costs. */
export interface AppliedDiscount {
  readonly id: DiscountId;
  readonly terms: AppliedTerms;
  /** Null while the subscription has not begun. */
  readonly window: DiscountWindow | null;
  readonly removed: boolean;
  /** Of one that counts once: the invoice that it took something off. */
  readonly usedOn: InvoiceId | null;
  /** Of an amount: minor units that live lines have of it, by what shares them. */
  readonly given: ReadonlyMap<string, bigint>;
}

/** Whether it counts in a period, wherever that was billed. */
export const isInWindow = (
  { window }: Pick<AppliedDiscount, 'window'>,
  { start }: Pick<LocalPeriod, 'start'>,
): boolean => window !== null && window.from <= start && (window.until === null || start < window.until);

/** What shares an amount: all that one invoice bills, or whatever is billed of the same period. */
export const poolOf = ({ terms }: Pick<AppliedDiscount, 'terms'>, { start, end }: LocalPeriod): string =>
  terms.duration === 'once' ? 'once' : `${start}|${end}`;

export const givenIn = ({ given }: Pick<AppliedDiscount, 'given'>, pool: string): bigint => given.get(pool) ?? 0n;

/** What a line that is billed took off. */
export interface DiscountedLine {
  readonly invoiceId: InvoiceId;
  readonly discounts?: readonly LineDiscount[];
  readonly waived?: true;
}

/** What lines took off by one discount. What was given up with its invoice was not taken off. */
export const takenOff = (lines: readonly DiscountedLine[], discountId: DiscountId): bigint => {
  let total = 0n;
  for (const { discounts = [], waived } of lines)
    for (const one of discounts) if (waived !== true && one.discountId === discountId) total += one.amount.minor;
  return total;
};

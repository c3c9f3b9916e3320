import type { Revenue } from '#contracts';
import { money, sum, type Money } from '#kernel';
import type { LedgerCode, Posting } from '#ledger';

/** Where what a document says of revenue is booked against what the customer owes; what it gives back has the sides turned round. */
export const revenuePostings = ({ deferred, earned, accrued }: Revenue, currency: string): Posting[] => [
  ...(accrued === undefined ? [] : [owedFor('unbilled_receivable', accrued)]),
  owedFor('deferred_revenue', totalOf(deferred, currency)),
  owedFor('revenue', totalOf(earned, currency)),
];

const owedFor = (credit: LedgerCode, amount: Money): Posting => ({ debit: 'receivable', credit, amount });

const totalOf = (parts: Revenue['earned'], currency: string): Money =>
  sum(
    parts.map(({ amount }) => amount),
    currency,
  );

/** The codes on which documents book revenue. */
export const isOfRevenue = ({ debit, credit }: Pick<Posting, 'debit' | 'credit'>): boolean =>
  OF_REVENUE.has(debit) || OF_REVENUE.has(credit);

const OF_REVENUE: ReadonlySet<LedgerCode> = new Set(['deferred_revenue', 'revenue', 'unbilled_receivable']);

/** The month is over: what was put off until then is earned. */
export const releasedPostings = (released: Money): Posting[] => [
  { debit: 'deferred_revenue', credit: 'revenue', amount: released },
];

/** Served, and not invoiced by the end of the month. */
export const accruedPostings = (accrued: Money): Posting[] => [
  { debit: 'unbilled_receivable', credit: 'revenue', amount: accrued },
];

/** What documents of a later day say of the month: served and invoiced then; where they come to giving back, billed before and not earned. */
export const invoicedLaterPostings = ({ deferred, earned }: LaterDay, currency: string): Posting[] => {
  const amount = money(deferred + earned, currency);
  return [{ debit: counterpart(amount.minor), credit: 'revenue', amount }];
};

/** On that day, what they booked as put off or as revenue had counted before. */
export const countedBeforePostings = ({ deferred, earned }: LaterDay, currency: string): Posting[] => {
  const credit = counterpart(deferred + earned);
  const postings: Posting[] = [
    { debit: 'deferred_revenue', credit, amount: money(deferred, currency) },
    { debit: 'revenue', credit, amount: money(earned, currency) },
  ];
  return postings.filter(({ debit }) => debit !== credit);
};

/** In minor units. */
export interface LaterDay {
  readonly deferred: bigint;
  readonly earned: bigint;
}

const counterpart = (minor: bigint): LedgerCode => (minor < 0n ? 'deferred_revenue' : 'unbilled_receivable');

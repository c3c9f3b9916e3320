import { money, type Money } from '#kernel';
import type { LedgerCode } from '#ledger';

export interface TotalsRow {
  readonly code: LedgerCode;
  readonly currency: string;
  readonly debits: string;
  readonly credits: string;
  readonly debits_pending: string;
  readonly credits_pending: string;
}

export interface LedgerTotals {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
  readonly debitsPending: Money;
  readonly creditsPending: Money;
}

/** Of a fact, what moves: pending ones, and those that give back, move nothing. */
const POSTED = `CASE WHEN kind IN ('posted', 'post_pending') THEN amount ELSE 0 END`;

/** Both sides of every fact that `source` selects, summed. */
export const sidesSql = (source: string, by: string): string => `
  SELECT ${by}, code, currency, sum(debits) AS debits, sum(credits) AS credits,
         sum(debits_pending) AS debits_pending, sum(credits_pending) AS credits_pending
    FROM (SELECT ${by}, debit AS code, currency, ${POSTED} AS debits, 0 AS credits,
                 reserved AS debits_pending, 0 AS credits_pending FROM ${source}
          UNION ALL
          SELECT ${by}, credit, currency, 0, ${POSTED}, 0, reserved FROM ${source}) AS sides
   GROUP BY ${by}, code, currency ORDER BY ${by}, currency, code`;

export const ledgerTotals = (row: TotalsRow): LedgerTotals => {
  const amount = (minor: string): Money => money(BigInt(minor), row.currency);
  return {
    code: row.code,
    debits: amount(row.debits),
    credits: amount(row.credits),
    debitsPending: amount(row.debits_pending),
    creditsPending: amount(row.credits_pending),
  };
};

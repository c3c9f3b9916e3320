export type Side = 'debit' | 'credit';
export type LedgerAccountType = 'asset' | 'liability' | 'revenue' | 'expense';

/** The chart: each code with its type and the side on which it grows. */
export const LEDGER_ACCOUNTS = {
  receivable: { type: 'asset', normalSide: 'debit' },
  cash: { type: 'asset', normalSide: 'debit' },
  deferred_revenue: { type: 'liability', normalSide: 'credit' },
  customer_credit: { type: 'liability', normalSide: 'credit' },
  wallet: { type: 'liability', normalSide: 'credit' },
  tax_payable: { type: 'liability', normalSide: 'credit' },
  revenue: { type: 'revenue', normalSide: 'credit' },
  bad_debt: { type: 'expense', normalSide: 'debit' },
  promotion_expense: { type: 'expense', normalSide: 'debit' },
} as const satisfies Record<string, { type: LedgerAccountType; normalSide: Side }>;

export type LedgerCode = keyof typeof LEDGER_ACCOUNTS;

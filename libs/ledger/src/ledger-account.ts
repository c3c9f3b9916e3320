import type { AccountLimit } from './two-phase/ledger-view.js';

export type Side = 'debit' | 'credit';
export type LedgerAccountType = 'asset' | 'liability' | 'equity' | 'revenue' | 'expense';

/** The chart: each code with its type and the side on which it grows; one that lessens what it is of grows on the other side. */
export const LEDGER_ACCOUNTS = {
  receivable: { type: 'asset', normalSide: 'debit' },
  unbilled_receivable: { type: 'asset', normalSide: 'debit' },
  cash: { type: 'asset', normalSide: 'debit' },
  clearing: { type: 'asset', normalSide: 'debit' },
  disputed: { type: 'asset', normalSide: 'debit' },
  deferred_revenue: { type: 'liability', normalSide: 'credit' },
  customer_credit: { type: 'liability', normalSide: 'credit' },
  unallocated_receipts: { type: 'liability', normalSide: 'credit' },
  prepaid_commitment: { type: 'liability', normalSide: 'credit' },
  wallet: { type: 'liability', normalSide: 'credit' },
  tax_payable: { type: 'liability', normalSide: 'credit' },
  opening_balance: { type: 'equity', normalSide: 'credit' },
  revenue: { type: 'revenue', normalSide: 'credit' },
  breakage_revenue: { type: 'revenue', normalSide: 'credit' },
  promotional_discount: { type: 'revenue', normalSide: 'debit' },
  bad_debt: { type: 'expense', normalSide: 'debit' },
  payment_fees: { type: 'expense', normalSide: 'debit' },
  payment_differences: { type: 'expense', normalSide: 'debit' },
} as const satisfies Record<string, { type: LedgerAccountType; normalSide: Side }>;

export type LedgerCode = keyof typeof LEDGER_ACCOUNTS;

export const LEDGER_CODES = Object.keys(LEDGER_ACCOUNTS) as LedgerCode[];

export const isLedgerCode = (text: string): text is LedgerCode => Object.hasOwn(LEDGER_ACCOUNTS, text);

/** What we hold for a customer cannot be spent twice: requested transfers never take more than there is. */
export const LEDGER_LIMITS: Readonly<Partial<Record<LedgerCode, AccountLimit>>> = {
  customer_credit: 'debits_must_not_exceed_credits',
  wallet: 'debits_must_not_exceed_credits',
};

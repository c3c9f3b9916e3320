import type { DocumentTax, Revenue } from '#contracts';
import type { Money } from '#kernel';
import { reversal, type Posting } from '#ledger';
import { isOfRevenue, revenuePostings } from '../revenue/revenue.posting-rules.js';

/** The tax on it is not owed any more. */
export const creditNoteTaxPostings = ({ amount }: Pick<DocumentTax, 'amount'>): Posting[] => [
  { debit: 'tax_payable', credit: 'receivable', amount },
];

/** One for each tax, as on the invoice. */
export const creditNoteTaxRule = ({ code }: Pick<DocumentTax, 'code'>): string => `credit_note_taxed:${code}`;

/** What was given up was not owed after all: it is no expense. */
export const writtenOffReversedPostings = (amount: Money): Posting[] => [
  { debit: 'receivable', credit: 'bad_debt', amount },
];

/** The customer has it to its credit, which settles the invoice first. */
export const creditFromCreditNotePostings = (amount: Money): Posting[] => [
  { debit: 'receivable', credit: 'customer_credit', amount },
];

/** Taken back: what was booked when it was issued, the other way round; of revenue, what is in the books of it by now. */
export const creditNoteVoidedPostings = (booked: readonly Posting[], revenue: Revenue, currency: string): Posting[] => [
  ...revenuePostings(revenue, currency),
  ...reversal(booked.filter((posting) => !isOfRevenue(posting))),
];

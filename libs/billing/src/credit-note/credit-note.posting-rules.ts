import type { CreditedLine, DocumentTax } from '#contracts';
import type { Money } from '#kernel';
import { reversal, type Posting } from '#ledger';

/** The sale is taken back: what is deferred where the line was booked so, what is earned where it was. */
export const creditNotePostings = (lines: readonly Pick<CreditedLine, 'net' | 'recognition'>[]): Posting[] =>
  lines.map(({ net, recognition }) => ({
    debit: recognition === 'straight_line' ? 'deferred_revenue' : 'revenue',
    credit: 'receivable',
    amount: net,
  }));

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

/** Taken back: what was booked when it was issued, the other way round. */
export const creditNoteVoidedPostings = (booked: readonly Posting[]): Posting[] => reversal(booked);

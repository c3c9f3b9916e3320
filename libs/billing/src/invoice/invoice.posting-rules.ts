import type { DocumentTax, InvoiceLine } from '#contracts';
import type { Money } from '#kernel';
import { reversal, type Posting } from '#ledger';
import type { DocumentLine } from './invoice-line.js';

/** Sale on credit: what is not delivered yet is deferred; an item is earned at once. Lines that give back turn the sides round. */
export const invoiceFinalizedPostings = (
  lines: readonly (Pick<DocumentLine, 'amount'> & Partial<Pick<InvoiceLine, 'recognition'>>)[],
): Posting[] =>
  lines.map(({ recognition, amount }) => ({
    debit: 'receivable',
    credit: recognition?.method === 'straight_line' ? 'deferred_revenue' : 'revenue',
    amount,
  }));

/** Tax is owed to whom it is levied for. */
export const invoiceTaxedPostings = ({ amount }: Pick<DocumentTax, 'amount'>): Posting[] => [
  { debit: 'receivable', credit: 'tax_payable', amount },
];

/** One for each tax: what is owed of it is a sum over its transfers. */
export const taxedRule = ({ code }: Pick<DocumentTax, 'code'>): string => `invoice_taxed:${code}`;

/** More was given back than billed: instead of a negative receivable, we owe the customer. */
export const creditFromInvoicePostings = (amount: Money): Posting[] => [
  { debit: 'receivable', credit: 'customer_credit', amount },
];

/** It will not be paid: the receivable becomes an expense. */
export const writtenOffPostings = (amount: Money): Posting[] => [{ debit: 'bad_debt', credit: 'receivable', amount }];

/** Taken back: what was booked when it was finalized, the other way round. */
export const invoiceVoidedPostings = (booked: readonly Posting[]): Posting[] => reversal(booked);

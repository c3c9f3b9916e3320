import type { DocumentTax, Revenue } from '#contracts';
import type { Money } from '#kernel';
import { reversal, type Posting } from '#ledger';
import { isOfRevenue, revenuePostings } from '../revenue/revenue.posting-rules.js';

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

/**
 * Taken back: what was booked when it was finalized, the other way round; of revenue, what is in the books of it by now. Before it was said when an
 * invoice is earned, that was the same.
 */
export const invoiceVoidedPostings = (booked: readonly Posting[], revenue: Revenue, currency: string): Posting[] => [
  ...revenuePostings(revenue, currency),
  ...reversal(booked.filter((posting) => !isOfRevenue(posting))),
];

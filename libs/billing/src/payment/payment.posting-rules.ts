import type { Money } from '#kernel';
import type { Posting } from '#ledger';

/** Money came in: it settles what is owed, and what goes beyond is owed to the customer. */
export const paymentReceivedPostings = (allocated: Money, excess: Money): Posting[] => [
  { debit: 'cash', credit: 'receivable', amount: allocated },
  { debit: 'cash', credit: 'customer_credit', amount: excess },
];

/** It had not: the customer owes again, and the credit is taken back. */
export const paymentReversedPostings = (allocated: Money, excess: Money): Posting[] => [
  { debit: 'receivable', credit: 'cash', amount: allocated },
  { debit: 'customer_credit', credit: 'cash', amount: excess },
];

/** What the customer has to its credit pays what it owes. */
export const creditAppliedPostings = (applied: Money): Posting[] => [
  { debit: 'customer_credit', credit: 'receivable', amount: applied },
];

/** What had given the credit is gone: the customer owes again, and has the credit to lose. */
export const creditUnappliedPostings = (unapplied: Money): Posting[] => [
  { debit: 'receivable', credit: 'customer_credit', amount: unapplied },
];

/** Money went back: credit is paid out, and what a payment no longer settles is owed again. */
export const refundIssuedPostings = (credit: Money, reopened: Money): Posting[] => [
  { debit: 'customer_credit', credit: 'cash', amount: credit },
  { debit: 'receivable', credit: 'cash', amount: reopened },
];

import type { Refusals } from '#kernel';

export const PAYMENT_REFUSALS: Refusals = {
  allocation_exceeds_due: 'The invoice is owed 20.00.',
  allocations_exceed_amount: 'Of 50.00 there are 10.00 left here.',
  amount_not_positive: 'A payment is above zero.',
  customer_credit_already_paid_out: 'The credit that the invoice gave was paid out or moved elsewhere.',
  date_in_future: 'Today is 2026-02-03: it has not come in yet.',
  date_too_long_ago: 'The earliest day is 2016-02-03.',
  duplicate_allocation: 'An invoice is named once.',
  exceeds_customer_credit: 'There are 15.00 of credit.',
  method_reserved: '“customer_credit” is a ledger account of the book: no money comes in by it.',
  no_customer_credit: 'The account has no credit.',
  payment_not_found: 'There is no payment “pay_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  payment_refunded: 'The payment was paid back whole.',
  payment_reversed: 'The payment was reversed: there is nothing to refund.',
  payment_settles_invoices:
    '15.00 are there as credit; the rest of the payment settles invoices. With reopenInvoices they are owed again.',
  refund_exceeds_payment: 'Of the payment 20.00 are left.',
  refund_not_found: 'There is no refund “rfd_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};

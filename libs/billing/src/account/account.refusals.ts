import type { Refusals } from '#kernel';

export const ACCOUNT_REFUSALS: Refusals = {
  account_already_exists: 'There is an account with this external id already.',
  account_book_not_even: 'The book of the account is not even: 15.00 USD on customer_credit.',
  account_closed: 'The account is closed.',
  account_has_open_invoices: 'The account has invoices that are neither paid nor given up.',
  account_has_subscriptions: 'The account has subscriptions that have not ended.',
  account_has_unbilled_charges: 'The account has charges that are still to be billed.',
  account_not_found: 'There is no account “acc_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  account_parent_cycle: 'The account would belong to itself, in one step or several.',
  currency_mismatch: 'The plan is in EUR, the account in USD.',
  documents_retained:
    'The account has invoices that were issued less than ten years ago: what they say is kept by law.',
  invalid_net_terms: 'Net terms are whole days from 0 to 365.',
  legal_entity_has_books:
    'Its legal entity has issued invoices or booked something for the account: open another account.',
  personal_data_erased: 'The personal data of the account was erased: it takes none any more.',
  test_account_required: 'Only test accounts, and those of a test tenant, live by a test clock.',
  too_much_metadata: 'There would be more than 50 texts.',
  unknown_time_zone: 'The tz database calls this time zone “Asia/Kolkata”.',
};

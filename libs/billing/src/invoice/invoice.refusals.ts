import type { Refusals } from '#kernel';

export const INVOICE_REFUSALS: Refusals = {
  invoice_already_finalized: 'The invoice is void.',
  invoice_draft_incomplete: 'The draft is still being written.',
  invoice_has_payments: 'The invoice is paid, whole or in part.',
  invoice_not_finalized: 'A draft is not issued yet.',
  invoice_not_found: 'There is no invoice “inv_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  invoice_not_open: 'The invoice is paid.',
  preview_too_large:
    'More is due than a preview shows: 1,000 lines of an account, 2,000 lines and 1,000 accounts of a dry run.',
  upcoming_invoice_not_found: 'Nothing is to be billed.',
};

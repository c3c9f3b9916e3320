import type { Refusals } from '#kernel';

export const CREDIT_NOTE_REFUSALS: Refusals = {
  credit_note_of_billing: 'Billing issued it: void the invoice “inv_01j9zq6e4hf0fvwpn5t5jzq3cd” instead.',
  credit_note_not_found: 'There is no credit note “crn_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  credit_note_not_numbered: 'The credit note has no number yet: it gets one in a moment.',
  credit_note_too_large: 'Of the invoice 12.00 EUR are left to be given back.',
  credit_note_voided: 'The credit note is void.',
  invalid_credit_note: 'Name lines, or an amount over all of them, or cancel what is left.',
  invoice_has_credit_notes: 'The invoice has credit notes: void those first.',
  invoice_is_credit_note:
    'Less was owed than billed: its document is the credit note “crn_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};

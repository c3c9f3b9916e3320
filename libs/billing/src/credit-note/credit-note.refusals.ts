import type { Refusals } from '#kernel';

export const CREDIT_NOTE_REFUSALS: Refusals = {
  credit_note_of_billing: 'Billing issued it: void the invoice “inv_01j9zq6e4hf0fvwpn5t5jzq3cd” instead.',
  credit_note_not_found: 'There is no credit note “crn_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  credit_note_too_large: 'Of the invoice 12.00 EUR are left to be given back.',
  invalid_credit_note: 'Name lines, or an amount over all of them, or cancel what is left.',
  invoice_has_credit_notes: 'The invoice has credit notes: void those first.',
};

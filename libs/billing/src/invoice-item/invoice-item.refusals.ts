import type { Refusals } from '#kernel';

export const INVOICE_ITEM_REFUSALS: Refusals = {
  invalid_item_price: 'Name either an amount for the whole or a unitAmount for each.',
  invoice_draft_too_large: 'A draft of so many lines is not changed by hand: add an invoice item.',
  invoice_item_invoiced: 'The item is on an invoice already.',
  invoice_item_not_found: 'There is no invoice item “itm_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  invoice_line_adjusts: 'It adjusts the line lin_01j9zq6e4hf0fvwpn5t5jzq3cd: change that one.',
  invoice_line_not_found: 'There is no invoice line “lin_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  too_many_invoice_items: 'At most 1000 items wait for an invoice.',
};

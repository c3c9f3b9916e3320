import type { Refusals } from '#kernel';

export const TRANSFER_REFUSALS: Refusals = {
  receivable_reserved: 'The receivable is what invoices are owed: enter a payment, void an invoice or give it up.',
  transfer_id_reserved: 'Ids of this kind are given by Recount alone.',
  transfer_not_found: 'There is no transfer “tfr_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};

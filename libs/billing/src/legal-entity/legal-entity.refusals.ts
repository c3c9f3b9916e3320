import type { Refusals } from '#kernel';

export const LEGAL_ENTITY_REFUSALS: Refusals = {
  bank_account_number_required: 'A bank account has an IBAN, or a number where there is none.',
  invalid_logo:
    'A logo is a PNG or a JPEG in grey or RGB, in base64: 64 KiB and 1000 pixels a side at the most, and 512 KiB of a PDF.',
  invoice_prefix_taken: 'Numbers of ent_01j9zq6e4hf0fvwpn5t5jzq3cd begin with it already.',
  legal_entity_not_found: 'There is no legal entity “ent_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  too_many_legal_entities: 'A tenant has 50 legal entities at most.',
};

import type { Refusals } from '#kernel';

export const DELIVERY_REFUSALS: Refusals = {
  delivery_not_found: 'There is no delivery “dlv_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  invoice_not_numbered: 'The invoice has no number yet: it gets one in a moment.',
  invoice_voided: 'The invoice is void.',
  recipient_required: 'The account has no e-mail address: say where it goes.',
  too_many_deliveries: 'A document is sent 100 times at the most.',
};

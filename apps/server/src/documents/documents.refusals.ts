import type { Refusals } from '#kernel';

export const DOCUMENTS_REFUSALS: Refusals = {
  e_invoice_rule:
    'The invoice breaks BR-CO-26 of EN 16931: The seller has neither a VAT id nor a registration. (BT-31)',
};

import type { Refusals } from '#kernel';

export const PARTY_REFUSALS: Refusals = {
  invalid_tax_id: 'No tax id of the type eu_vat looks like this: form or check digits are wrong.',
  no_tax_id_to_check: 'The account has no tax id of which a register is known.',
  tax_id_checks_not_configured: 'The installation asks no register: TAX_ID_REGISTRY is not set.',
  tax_ids_disagree: '`taxId` is the first of `taxIds`: say one of them, or the same.',
};

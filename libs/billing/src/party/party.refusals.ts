import type { Refusals } from '#kernel';

export const PARTY_REFUSALS: Refusals = {
  invalid_tax_id: 'No tax id of the type eu_vat looks like this: form or check digits are wrong.',
  tax_ids_disagree: '`taxId` is the first of `taxIds`: say one of them, or the same.',
};

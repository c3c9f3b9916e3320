import type { TaxId } from '#contracts';
import { refuseAt, type Json } from '#kernel';
import type { TaxIdFormats } from '../ports/tax-id-formats.js';

/** What a request says in `taxIds`: each looks like one of its type. @throws DomainError `invalid_tax_id` */
export const refuseImpossibleTaxIds = (
  formats: TaxIdFormats,
  { taxIds }: { readonly taxIds?: Json | readonly TaxId[] },
): void => {
  for (const [index, taxId] of ((taxIds ?? []) as unknown as readonly TaxId[]).entries())
    if (!formats.mayExist(taxId))
      refuseAt(
        `/taxIds/${index}/value`,
        'invalid_tax_id',
        `No tax id of the type ${taxId.type} looks like this: form or check digits are wrong.`,
      );
};

import type { PersonalFields } from '#billing/account';
import type { Json } from '#kernel';
import type { OpenAccountDto } from './account.dto.js';
import type { ChangeAccountDto } from './change-account.dto.js';

/** What a body says, with what is personal of it apart, as far as it was said. */
export const withPersonApart = <Body extends OpenAccountDto | ChangeAccountDto>({
  name,
  email,
  billingAddress,
  shippingAddress,
  taxId,
  taxIds,
  contacts,
  purchaseOrder,
  buyerReference,
  ...terms
}: Body) => ({
  ...terms,
  contact: said({
    name,
    email,
    billingAddress,
    shippingAddress,
    taxId,
    taxIds,
    contacts,
    purchaseOrder,
    buyerReference,
  }),
});

const said = (fields: Readonly<Record<string, unknown>>): PersonalFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, Json>;

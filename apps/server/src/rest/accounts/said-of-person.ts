import type { PersonalFields } from '#billing/account';
import type { Json } from '#kernel';
import type { OpenAccountDto } from './account.dto.js';
import type { ChangeAccountDto } from './change-account.dto.js';

/** What a body says of the person: all of it is sealed. */
const OF_PERSON = [
  'name',
  'email',
  'billingAddress',
  'shippingAddress',
  'taxId',
  'taxIds',
  'contacts',
  'purchaseOrder',
  'buyerReference',
  'language',
] as const satisfies readonly (keyof OpenAccountDto & keyof ChangeAccountDto)[];

/** What a body says, with what is personal of it apart, as far as it was said. */
export const withPersonApart = <Body extends OpenAccountDto | ChangeAccountDto>(
  body: Body,
): Omit<Body, (typeof OF_PERSON)[number]> & { readonly contact: PersonalFields } => {
  const terms: Record<string, unknown> = { ...body };
  const contact: Record<string, Json> = {};
  for (const field of OF_PERSON) {
    if (body[field] !== undefined) contact[field] = body[field] as Json;
    delete terms[field];
  }
  return { ...(terms as Omit<Body, (typeof OF_PERSON)[number]>), contact };
};

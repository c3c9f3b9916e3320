import type { PersonalFields } from '#billing/account';
import { exemptionsIn } from '#billing/tax';
import { buyerIn } from '#billing/party';
import { taxExemptionResource, type TaxExemptionResource } from '../taxes/tax-exemption.dto.js';
import type { AddressDto, TaxIdDto } from './party.dto.js';

/** Who buys, as an invoice says it. */
export class BillToResource {
  /** @example "Ada Lovelace Ltd" */
  name!: string;
  address!: AddressDto | null;
  shippingAddress!: AddressDto | null;
  /** @example [{ "type": "gb_vat", "value": "GB193054661" }] */
  taxIds!: TaxIdDto[];
  /** Its certificates, also those that this invoice does not go by. */
  taxExemptions!: TaxExemptionResource[];
  /** @example "billing@ada.example" */
  email!: string | null;
  /** @example "PO-4711" */
  purchaseOrder!: string | null;
  /** As a Leitweg-ID (BT-10). @example "04011000-12345-03" */
  buyerReference!: string | null;
  /** Of its documents, as BCP 47 has it. @example "en-GB" */
  language!: string | null;
}

export const billToResource = (personal: PersonalFields): BillToResource => {
  const {
    name,
    address,
    shippingAddress,
    taxIds = [],
    email,
    purchaseOrder,
    buyerReference,
    language,
  } = buyerIn(personal);
  return {
    name,
    address: address ? { ...address } : null,
    shippingAddress: shippingAddress ? { ...shippingAddress } : null,
    taxIds: taxIds.map((taxId) => ({ ...taxId })),
    taxExemptions: exemptionsIn(personal).map(taxExemptionResource),
    email: email ?? null,
    purchaseOrder: purchaseOrder ?? null,
    buyerReference: buyerReference ?? null,
    language: language ?? null,
  };
};

import type { BankAccount, Seller, TaxId } from '#contracts';
import type { LegalEntityRecord } from '#billing/tenant';
import { type InvoiceNumbersResource } from '../operations/tenant-settings.dto.js';
import { type BankAccountDto, type SellerAddressDto } from './legal-entity.dto.js';
import { type TaxIdDto } from './party.dto.js';

/** Who sells, as documents say it. */
export class SellerResource {
  /** @example "Acme GmbH" */
  name!: string | null;
  address!: SellerAddressDto | null;
  taxIds!: TaxIdDto[];
  /** As the commercial register has it. @example "Amtsgericht Berlin, HRB 12345" */
  registration!: string | null;
  /** @example "billing@acme.example" */
  email!: string | null;
  /** @example "+49 30 1234567" */
  phone!: string | null;
  /** @example "https://acme.example" */
  website!: string | null;
  bankAccounts!: BankAccountDto[];
  /** Of its documents, as BCP 47 has it. @example "de" */
  language!: string | null;
  /** @example "Managing director: Ada Lovelace" */
  footer!: string | null;
}

export class LegalEntityResource extends SellerResource {
  /** @example "ent_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** It sells to accounts that name no other. @example true */
  default!: boolean;
  /** Of its books. @example "Europe/Berlin" */
  timeZone!: string;
  invoiceNumbers!: InvoiceNumbersResource;
  /** Null where they go on with the numbers of the invoices. */
  creditNoteNumbers!: InvoiceNumbersResource | null;
}

export const sellerResource = ({
  name,
  address,
  taxIds = [],
  registration,
  email,
  phone,
  website,
  bankAccounts = [],
  language,
  footer,
}: Partial<Seller>): SellerResource => ({
  name: name ?? null,
  address: address ? { ...address } : null,
  taxIds: taxIds.map((taxId: TaxId) => ({ ...taxId })),
  registration: registration ?? null,
  email: email ?? null,
  phone: phone ?? null,
  website: website ?? null,
  bankAccounts: bankAccounts.map((account: BankAccount) => ({ ...account })),
  language: language ?? null,
  footer: footer ?? null,
});

export const legalEntityResource = ({
  entity,
  isDefault,
  invoiceNumbers,
  creditNoteNumbers,
}: LegalEntityRecord): LegalEntityResource => ({
  id: entity.entityId,
  default: isDefault,
  timeZone: entity.timeZone,
  invoiceNumbers: { ...invoiceNumbers },
  creditNoteNumbers: creditNoteNumbers && { ...creditNoteNumbers },
  ...sellerResource(entity),
});

import { Type } from 'typebox';
import type { Held } from './held.js';
import { closed, OneOf } from './shapes.js';
import { CountryCode } from './tax-shapes.js';

const Name = Type.String({ minLength: 1, maxLength: 256 });
const Short = Type.String({ minLength: 1, maxLength: 64 });

export const AddressShape = Type.Object(
  {
    line1: Type.Optional(Name),
    line2: Type.Optional(Name),
    city: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    region: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    country: Type.Optional(CountryCode),
  },
  closed,
);
export type PartyAddress = Held<typeof AddressShape>;

/** What an authority calls a party. */
export const TaxIdShape = Type.Object(
  {
    type: OneOf('eu_vat', 'gb_vat', 'ch_vat', 'no_vat', 'de_tax_number', 'us_ein', 'jp_invoice_registration', 'other'),
    value: Short,
  },
  closed,
);
export type TaxId = Held<typeof TaxIdShape>;
export type TaxIdType = TaxId['type'];

export const BankAccountShape = Type.Object(
  {
    iban: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$' })),
    bic: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{8}([A-Z0-9]{3})?$' })),
    accountHolder: Type.Optional(Name),
    bankName: Type.Optional(Name),
    accountNumber: Type.Optional(Short),
    routingNumber: Type.Optional(Short),
  },
  closed,
);
export type BankAccount = Held<typeof BankAccountShape>;

/** What documents say of whoever sells, beside the name. */
export const sellerDetails = {
  address: Type.Optional(AddressShape),
  taxIds: Type.Optional(Type.Array(TaxIdShape, { minItems: 1, maxItems: 10 })),
  /** As the commercial register has it. */
  registration: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  phone: Type.Optional(Short),
  website: Type.Optional(Name),
  bankAccounts: Type.Optional(Type.Array(BankAccountShape, { minItems: 1, maxItems: 10 })),
  /** Of its documents, where the customer has none: BCP 47. */
  language: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{2,35}$' })),
  footer: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
};

export const SellerShape = Type.Object({ name: Name, ...sellerDetails }, closed);
/** Who sells, as a document says it. */
export type Seller = Held<typeof SellerShape>;

/** Who sells or buys on a document. */
export interface Party extends Seller {
  /** Of a buyer: where goods go, if not to its address. */
  readonly shippingAddress?: PartyAddress;
  /** Of a buyer: its order. */
  readonly purchaseOrder?: string;
  /** Of a buyer: how it wants to be addressed, as by a Leitweg-ID (BT-10 of EN 16931). */
  readonly buyerReference?: string;
}

/** Where somebody is. */
export interface PartyAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** What an authority calls somebody. Types that end in `_vat` are VAT ids. */
export interface PartyTaxId {
  readonly type: string;
  readonly value: string;
}

export interface PartyBankAccount {
  readonly iban?: string;
  readonly bic?: string;
  readonly accountHolder?: string;
  readonly bankName?: string;
  readonly accountNumber?: string;
  readonly routingNumber?: string;
}

/** Who sells or buys, as a document says it. The name is empty where nobody knows it: of an erased person. */
export interface Party {
  readonly name: string;
  readonly address?: PartyAddress;
  readonly taxIds?: readonly PartyTaxId[];
  readonly email?: string;
  readonly phone?: string;
  readonly website?: string;
  /** As the commercial register has it. */
  readonly registration?: string;
  readonly bankAccounts?: readonly PartyBankAccount[];
  /** Of the documents, as BCP 47 names it. */
  readonly language?: string;
  readonly footer?: string;
  /** Of a buyer: its order. */
  readonly purchaseOrder?: string;
  /** Of a buyer: by what it finds its invoices, such as a Leitweg-ID. */
  readonly buyerReference?: string;
}

import type { TaxCategory } from '#contracts';
import type { LocalDate, Money } from '#kernel';
import type { Days } from '../days.js';
import type { PrecedingDocument } from '../document-source.js';

/** An invoice or a credit note as EN 16931 sees it. Names of the standard's terms stand beside them. */
export interface EInvoice {
  /** BT-3: an invoice, or a credit note. */
  readonly type: '380' | '381';
  /** BT-1. Empty where it has none yet. */
  readonly number: string;
  /** BT-2. */
  readonly issueDate: LocalDate | null;
  /** BT-9. */
  readonly dueDate: LocalDate | null;
  /** BT-20: how a credit note is settled. */
  readonly paymentTerms: string | undefined;
  /** BG-3. */
  readonly preceding: readonly PrecedingDocument[];
  /** BT-5. */
  readonly currency: string;
  /** BT-22. */
  readonly notes: readonly string[];
  /** BT-10. */
  readonly buyerReference: string | undefined;
  /** BT-13. */
  readonly purchaseOrder: string | undefined;
  /** BG-14. */
  readonly period: Days;
  /** BG-4. */
  readonly seller: EParty;
  /** BG-7. */
  readonly buyer: EParty;
  /** BG-15. */
  readonly deliverTo: EAddress | undefined;
  /** BT-83: what payments name, so that they are found to be of it. */
  readonly paymentReference: string | undefined;
  /** BG-16. */
  readonly paymentMeans: readonly PaymentMeans[];
  /** BG-23. */
  readonly vat: readonly EVat[];
  readonly totals: ETotals;
  /** BG-25. */
  readonly lines: readonly ELine[];
}

export interface EParty {
  /** BT-27, BT-44. */
  readonly name: string;
  /** BT-29, BT-46. */
  readonly identifier: string | undefined;
  /** BT-30, BT-47. */
  readonly registration: string | undefined;
  /** BT-31, BT-48. */
  readonly vatId: string | undefined;
  /** BT-32: of a seller. */
  readonly taxNumber: string | undefined;
  /** BG-5, BG-8. */
  readonly address: EAddress;
  readonly hasAddress: boolean;
  /** BT-43, BT-58; BT-34, BT-49 but in the network of Peppol. */
  readonly email: string | undefined;
  /** BT-34, BT-49 in the network of Peppol. */
  readonly inNetwork: ElectronicAddress | undefined;
  /** BT-42. */
  readonly phone: string | undefined;
}

/** Where programs reach a party, and by which scheme of the list of electronic addresses (EAS). */
export interface ElectronicAddress {
  readonly id: string;
  readonly scheme: string;
}

export interface EAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  readonly postalCode?: string;
  readonly region?: string;
  readonly country?: string;
}

/** BT-81: 97 is offset against what is owed. */
export type PaymentMeans = CreditTransfer | { readonly means: '97' };

/** BG-17. */
export interface CreditTransfer {
  /** BT-81: 58 by SEPA, 30 otherwise. */
  readonly means: '30' | '58';
  /** BT-84. */
  readonly account: string;
  readonly isIban: boolean;
  /** BT-85. */
  readonly holder: string | undefined;
  /** BT-86. */
  readonly bic: string | undefined;
}

export interface EVat {
  /** BT-118. */
  readonly category: TaxCategory;
  /** BT-119. */
  readonly rate: string;
  /** BT-116. */
  readonly base: Money;
  /** BT-117. */
  readonly amount: Money;
  /** BT-120. */
  readonly reason: string | undefined;
  /** BT-121. */
  readonly reasonCode: string | undefined;
}

export interface ETotals {
  /** BT-106, BT-109: there is nothing on the document beside its lines. */
  readonly net: Money;
  /** BT-110. */
  readonly tax: Money;
  /** BT-112. */
  readonly gross: Money;
  /** BT-113. */
  readonly paid: Money;
  /** BT-115. */
  readonly due: Money;
}

export interface ELine {
  /** BT-126. */
  readonly id: string;
  /** BT-153. */
  readonly name: string;
  /** BT-154. */
  readonly description: string | undefined;
  /** BT-129. */
  readonly quantity: string;
  /** BT-146 and BT-149: never negative, and with every digit of the price. */
  readonly price: EPrice;
  /** BG-27: what quantity and price come to less these is the net. */
  readonly allowances: readonly EAllowance[];
  /** BT-131. */
  readonly net: Money;
  /** BG-26. */
  readonly period: Days;
  readonly vat: {
    /** BT-151. */
    readonly category: TaxCategory;
    /** BT-152: none of what is not subject to VAT (BR-O-05). */
    readonly rate: string | undefined;
  };
}

export interface EAllowance {
  /** BT-139. */
  readonly reason: string;
  /** BT-136. */
  readonly amount: Money;
}

export interface EPrice {
  readonly amount: string;
  readonly per: string;
}

/** How it is told apart from other uses of the standard. */
export type EProfile = keyof typeof E_PROFILES;

/** BT-24 and BT-23. */
export const E_PROFILES = {
  en16931: { specification: 'urn:cen.eu:en16931:2017', process: undefined },
  xrechnung: {
    specification: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
  peppol: {
    specification: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
} as const;

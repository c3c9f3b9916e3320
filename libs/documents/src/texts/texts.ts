import type { TaxReason } from '#contracts';

/** Why an invoice bears no tax where a reader would expect some. */
export type NotedReason = Exclude<
  TaxReason,
  'domestic' | 'buyer_country_unknown' | 'destination' | 'below_threshold' | 'provider' | 'tax_id_unchecked'
>;

/** All that a document says by itself, in one language. */
export interface Texts {
  readonly invoice: string;
  readonly draft: string;
  readonly void: string;
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly period: string;
  readonly seller: string;
  readonly buyer: string;
  readonly purchaseOrder: string;
  readonly buyerReference: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly subtotal: string;
  readonly tax: string;
  readonly notSubjectToTax: string;
  /** `{base}`: what the tax is levied on. */
  readonly on: string;
  readonly total: string;
  readonly paid: string;
  readonly creditApplied: string;
  readonly amountDue: string;
  readonly billedBefore: string;
  /** `{part}`: such as 17/31. */
  readonly prorated: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly discount: string;
  readonly vatId: string;
  readonly taxNumber: string;
  readonly registration: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  readonly payment: string;
  readonly accountHolder: string;
  readonly paymentReference: string;
  /** Beside a code that banks' apps read. */
  readonly scanToPay: string;
  readonly bank: string;
  readonly accountNumber: string;
  readonly routingNumber: string;
  /** `{page}` of `{pages}`. */
  readonly page: string;
  readonly pricesIncludeTax: string;
  readonly draftNote: string;
  readonly creditNote: string;
  readonly exempt: string;
  readonly intraCommunitySupply: string;
  readonly exportExempt: string;
  readonly notes: Readonly<Record<NotedReason, string>>;
  readonly ofCreditNote: {
    readonly title: string;
    readonly number: string;
    readonly issueDate: string;
    /** Which documents it is about. */
    readonly corrects: string;
    /** What becomes of the amount. */
    readonly settled: string;
  };
}

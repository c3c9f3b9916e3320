import type { DocumentTax, TaxCategory, Taxation, TaxExemption, TaxFailure, TaxReason } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** A tax on an invoice. */
export class InvoiceTaxResource {
  /** Of the rate; `flat`, `exempt`, `reverse_charge` and `outside` are of no rate that was defined. @example "de-vat" */
  code!: string;
  /** A country, or a part of one as ISO 3166-2 names it. @example "DE" */
  jurisdiction!: string;
  /** As UNCL5305 names it. @example "S" */
  category!: TaxCategory;
  /** In percent. @example "19" */
  rate!: string;
  /** Levied on the taxes before it, too. */
  compound?: true;
  base!: MoneyDto;
  amount!: MoneyDto;
  /** Lines with this `taxGroup` bear it. @example 0 */
  group!: number;
  /** Why those bear it, where that is not `taxReason`. */
  reason?: TaxReason;
}

export const taxResource = ({ base, amount, group = 0, ...tax }: DocumentTax): InvoiceTaxResource => ({
  ...tax,
  group,
  base: moneyResource(base),
  amount: moneyResource(amount),
});

/** Whose tax the buyer does not owe, and from when to when. */
export class InvoiceTaxExemptionResource {
  /** @example "US-NY" */
  jurisdiction!: string;
  /** @example "2026-01-01" */
  validFrom!: string | null;
  /** @example "2028-12-31" */
  validTo!: string | null;
}

export const exemptionResource = ({ jurisdiction, validFrom, validTo }: TaxExemption): InvoiceTaxExemptionResource => ({
  jurisdiction,
  validFrom: validFrom ?? null,
  validTo: validTo ?? null,
});

export class InvoiceTaxProviderResource {
  /** By which the service knows the invoice. @example "txn-4711" */
  reference!: string | null;
  /** What stood in for the service. @example null */
  fallback!: 'last_known' | 'fallback_rate' | null;
  /** Why. @example null */
  failure!: TaxFailure | null;
}

export const providerResource = ({
  reference,
  fallback,
  failure,
}: NonNullable<Taxation['provider']>): InvoiceTaxProviderResource => ({
  reference: reference ?? null,
  fallback: fallback ?? null,
  failure: failure ?? null,
});

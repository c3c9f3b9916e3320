import type { DocumentTax, TaxCategory } from '#contracts';
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
}

export const taxResource = ({ base, amount, ...tax }: DocumentTax): InvoiceTaxResource => ({
  ...tax,
  base: moneyResource(base),
  amount: moneyResource(amount),
});

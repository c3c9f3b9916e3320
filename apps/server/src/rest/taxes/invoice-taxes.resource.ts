import type { InvoiceDocument } from '#billing/invoice';
import type { TaxReason } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import type { InvoiceTaxExemptionResource, InvoiceTaxResource } from '../billing/invoice-tax.resource.js';
import { invoiceResource } from '../billing/invoice.resource.js';

/** What a line of an invoice bears. */
export class LineTaxResource {
  /** @example "lin_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  taxAmount!: MoneyDto;
  /** It bears the taxes with this `group`. @example 0 */
  taxGroup!: number;
}

/** What an invoice would bear if it were issued now. */
export class InvoiceTaxesResource {
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string;
  subtotal!: MoneyDto;
  taxTotal!: MoneyDto;
  total!: MoneyDto;
  taxes!: InvoiceTaxResource[];
  /** @example "domestic" */
  taxReason!: TaxReason | null;
  taxExemption!: InvoiceTaxExemptionResource | null;
  lines!: LineTaxResource[];
}

export const invoiceTaxesResource = (document: InvoiceDocument): InvoiceTaxesResource => {
  const { id, taxes, taxReason, taxExemption, lines } = invoiceResource(document);
  const { subtotal, tax, total } = document.invoice;
  return {
    invoiceId: id,
    subtotal: moneyResource(subtotal),
    taxTotal: moneyResource(tax),
    total: moneyResource(total),
    taxes,
    taxReason,
    taxExemption,
    lines: lines.map(({ id: lineId, taxAmount, taxGroup }) => ({ id: lineId, taxAmount, taxGroup })),
  };
};

import type { TaxFailure, TaxReason } from '#contracts';
import {
  taxPerLine,
  type DocumentLine,
  type InvoiceDocument,
  type InvoiceRecord,
  type InvoiceStatus,
} from '#billing/invoice';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import type { BillToResource } from '../parties/bill-to.resource.js';
import { sellerResource, type SellerResource } from '../parties/legal-entity.resource.js';
import {
  invoiceCreditNoteResource,
  type InvoiceCreditNoteResource,
} from '../credit-notes/invoice-credit-note.resource.js';
import { lineResource, type InvoiceLineResource, type PeriodResource } from './invoice-line.resource.js';
import {
  exemptionResource,
  providerResource,
  type InvoiceTaxProviderResource,
  taxResource,
  type InvoiceTaxExemptionResource,
  type InvoiceTaxResource,
} from './invoice-tax.resource.js';

export class InvoiceSummaryResource {
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** Assigned a moment after finalization, without gaps. @example "INV-000042" */
  number!: string | null;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "run_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  billingRunId!: string | null;
  /** @example "open" */
  status!: InvoiceStatus;
  /** @example "USD" */
  currency!: string;
  period!: PeriodResource;
  /** @example "2026-02-01" */
  issueDate!: string | null;
  /** @example "2026-03-03" */
  dueOn!: string | null;
  overdue!: boolean;
  subtotal!: MoneyDto;
  taxTotal!: MoneyDto;
  total!: MoneyDto;
  amountPaid!: MoneyDto;
  /** Customer credit applied to it, also that of its own credit notes. */
  amountCredited!: MoneyDto;
  /** What wallets paid of it as it was issued. */
  amountFromWallet!: MoneyDto;
  amountDue!: MoneyDto;
}

export class InvoiceResource extends InvoiceSummaryResource {
  /** By rate: what they come to adds up to the tax. Of a draft, they are found as it is issued. */
  taxes!: InvoiceTaxResource[];
  /** Why it bears them: where buyer and seller are, and what the buyer is. Null where no tax is charged. @example "domestic" */
  taxReason!: TaxReason | null;
  /** `pending`, of a draft that is issued as soon as a service elsewhere says its taxes. @example null */
  taxStatus!: 'pending' | null;
  /** Why that did not say them, when it was asked last. @example null */
  taxFailure!: TaxFailure | null;
  /** Who said its taxes elsewhere, or what stood in for that. */
  taxProvider!: InvoiceTaxProviderResource | null;
  /** The certificate by which some tax is not charged; its number is in `billTo.taxExemptions`. */
  taxExemption!: InvoiceTaxExemptionResource | null;
  /** Who issued it, as it was then. Null of a draft. */
  seller!: SellerResource | null;
  /** Who it is billed to, as it was then; where `personal=true` asks for it. Null of a draft, and once the person was erased. */
  billTo?: BillToResource | null;
  lines!: InvoiceLineResource[];
  /** What was given back of it, in the order in which that was issued. */
  creditNotes!: InvoiceCreditNoteResource[];
}

export const invoiceSummary = (invoice: Omit<InvoiceRecord, 'creditNotes'>): InvoiceSummaryResource => ({
  id: invoice.invoiceId,
  number: invoice.number,
  accountId: invoice.accountId,
  billingRunId: invoice.runId,
  status: invoice.status,
  currency: invoice.currency,
  period: { ...invoice.period },
  issueDate: invoice.issueDate,
  dueOn: invoice.dueOn,
  overdue: invoice.overdue,
  subtotal: moneyResource(invoice.subtotal),
  taxTotal: moneyResource(invoice.tax),
  total: moneyResource(invoice.total),
  amountPaid: moneyResource(invoice.amountPaid),
  amountCredited: moneyResource(invoice.amountCredited),
  amountFromWallet: moneyResource(invoice.amountFromWallet),
  amountDue: moneyResource(invoice.amountDue),
});

export const invoiceResource = ({ invoice, lines }: InvoiceDocument): InvoiceResource => ({
  ...invoiceSummary(invoice),
  taxes: invoice.taxes.map(taxResource),
  taxReason: invoice.taxation?.reason ?? null,
  taxStatus: invoice.taxStatus,
  taxFailure: invoice.taxFailure,
  taxProvider: invoice.taxation?.provider ? providerResource(invoice.taxation.provider) : null,
  taxExemption: invoice.taxation?.exemption ? exemptionResource(invoice.taxation.exemption) : null,
  seller: invoice.seller && sellerResource(invoice.seller),
  lines: linesWithTax(lines, invoice),
  creditNotes: invoice.creditNotes.map(invoiceCreditNoteResource),
});

const linesWithTax = (lines: readonly DocumentLine[], { taxes, taxation }: InvoiceRecord): InvoiceLineResource[] => {
  const tax = taxPerLine(lines, taxes, taxation);
  return lines.map((line, index) => lineResource(line, tax[index], taxation?.groups?.[index]));
};

import type { CreditNoteDocument, CreditNoteRecord, CreditNoteStatus } from '#billing/credit-note';
import type { CreditNoteKind } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import { taxResource, type InvoiceTaxResource } from '../billing/invoice-tax.resource.js';

export class CreditNoteLineResource {
  /** The line of the invoice. @example "lin_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  lineId!: string;
  /** Units, where it was asked for by units. @example "2" */
  quantity?: string;
  /** As the invoice shows the amount of its line: with tax inside where prices have it inside. */
  amount!: MoneyDto;
  net!: MoneyDto;
}

/** What is given back of an invoice that was issued. */
export class CreditNoteSummaryResource {
  /** @example "crn_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** Assigned a moment after it is issued, without gaps. @example "CN-000007" */
  number!: string | null;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** The invoice; of a `correction`, the billing below zero. @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string;
  /** @example "issued" */
  status!: CreditNoteStatus;
  /** @example "concession" */
  kind!: CreditNoteKind;
  /** The invoices that it corrects: the one above, but of a `correction` those of which the billing gives something back. @example ["inv_01j9zq6e4hf0fvwpn5t5jzq3cd"] */
  corrects!: string[];
  /** @example "outage on 12 February" */
  reason!: string;
  /** @example "We are sorry for the outage." */
  memo!: string | null;
  /** @example "USD" */
  currency!: string;
  /** @example "2026-02-12" */
  issueDate!: string;
  /** @example "2026-02-13" */
  voidedOn!: string | null;
  /** @example "by mistake" */
  voidReason!: string | null;
  subtotal!: MoneyDto;
  taxTotal!: MoneyDto;
  total!: MoneyDto;
  /** What of the total settled the invoice as the note was issued. */
  appliedToInvoice!: MoneyDto;
  /** What took back what was given up of the invoice. */
  writtenOff!: MoneyDto;
  /** The rest: credit of the customer. */
  credited!: MoneyDto;
}

export class CreditNoteResource extends CreditNoteSummaryResource {
  /** By rate, as on the invoice. */
  taxes!: InvoiceTaxResource[];
  lines!: CreditNoteLineResource[];
}

export const creditNoteSummary = (note: CreditNoteRecord): CreditNoteSummaryResource => ({
  id: note.creditNoteId,
  number: note.number,
  accountId: note.accountId,
  invoiceId: note.invoiceId,
  status: note.status,
  kind: note.kind,
  corrects: [...note.corrects],
  reason: note.reason,
  memo: note.memo,
  currency: note.currency,
  issueDate: note.issueDate,
  voidedOn: note.voidedOn,
  voidReason: note.voidReason,
  subtotal: moneyResource(note.subtotal),
  taxTotal: moneyResource(note.tax),
  total: moneyResource(note.total),
  appliedToInvoice: moneyResource(note.appliedToInvoice),
  writtenOff: moneyResource(note.writtenOff),
  credited: moneyResource(note.credited),
});

export const creditNoteResource = (note: CreditNoteDocument): CreditNoteResource => ({
  ...creditNoteSummary(note),
  taxes: note.taxes.map(taxResource),
  lines: note.lines.map(({ lineId, quantity, amount, net }) => ({
    lineId,
    ...(quantity === undefined ? {} : { quantity }),
    amount: moneyResource(amount),
    net: moneyResource(net),
  })),
});

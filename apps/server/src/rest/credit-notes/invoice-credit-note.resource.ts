import type { CreditNoteStatus } from '#billing/credit-note';
import type { InvoiceCreditNote } from '#billing/invoice';
import type { CreditNoteKind } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** A credit note of an invoice, in short. */
export class InvoiceCreditNoteResource {
  /** @example "crn_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "CN-000007" */
  number!: string | null;
  /** @example "concession" */
  kind!: CreditNoteKind;
  /** @example "issued" */
  status!: CreditNoteStatus;
  total!: MoneyDto;
}

export const invoiceCreditNoteResource = ({
  creditNoteId: id,
  total,
  ...note
}: InvoiceCreditNote): InvoiceCreditNoteResource => ({ id, ...note, total: moneyResource(total) });

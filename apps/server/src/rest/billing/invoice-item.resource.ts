import type { InvoiceItem } from '#billing/invoice-item';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** Something that is charged or credited once. */
export class InvoiceItemResource {
  /** @example "itm_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "Setup" */
  description!: string;
  /** @example "3" */
  quantity!: string;
  /** Where the price was named for each. @example "50.00" */
  unitAmount?: string;
  amount!: MoneyDto;
  /** Where it is none of `standard`. @example "reduced" */
  taxClass?: string;
  /** @example "next_invoice" */
  on!: 'next_invoice' | 'own_invoice';
  /** @example { "order": "4711" } */
  metadata!: Record<string, string>;
  /** @example "2026-01-15T09:00:00Z" */
  addedAt!: string;
  /** That bills it; null while it waits for one. @example null */
  invoiceId!: string | null;
}

export class RemovedInvoiceItemResource {
  /** @example "itm_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "removed" */
  status!: 'removed';
}

export const invoiceItemResource = ({
  id,
  description,
  quantity,
  unitAmount,
  amount,
  taxClass,
  on,
  metadata,
  addedAt,
  invoiceId,
}: InvoiceItem): InvoiceItemResource => ({
  id,
  description,
  quantity,
  ...(unitAmount === undefined ? {} : { unitAmount }),
  amount: moneyResource(amount),
  ...(taxClass === undefined ? {} : { taxClass }),
  on,
  metadata: { ...metadata },
  addedAt,
  invoiceId,
});

import type { DocumentTax } from '#contracts';
import type { InvoiceCreditNote, InvoiceRecord } from '#billing/invoice';
import { fromJson, money, type CreditNoteId, type Instant, type Json } from '#kernel';
import { recordsOf, type Row } from '#projection';
import { invoices } from './invoices.projection.js';

type InvoiceNoteRow = Readonly<Record<'id' | 'kind' | 'status' | 'total', string>> & { readonly number: string | null };

export type InvoiceRow = Row<typeof invoices> & {
  readonly paid: string;
  readonly credited: string;
  readonly from_wallet: string;
  readonly drafted: string;
};

export type DocumentRow = InvoiceRow & { readonly credit_notes: readonly InvoiceNoteRow[] | null };

/** An invoice without what only whoever looks at a single one is told. */
export type ListedInvoice = Omit<InvoiceRecord, 'creditNotes'>;

const creditNoteOf = ({ id, number, kind, status, total }: InvoiceNoteRow, currency: string): InvoiceCreditNote => ({
  creditNoteId: id as CreditNoteId,
  number,
  kind: kind as InvoiceCreditNote['kind'],
  status: status as InvoiceCreditNote['status'],
  total: money(BigInt(total), currency),
});

const AMOUNTS = ['subtotal', 'tax', 'total'] as const;
const OF_THE_DRAFT = ['period_start', 'period_end', 'bill_through', 'draft_revision'] as const;
const billedInvoice = recordsOf(invoices, ...AMOUNTS, 'taxes', ...OF_THE_DRAFT, 'lines_digest', 'created_at').as<
  Omit<
    InvoiceRecord,
    | 'period'
    | 'taxes'
    | (typeof AMOUNTS)[number]
    | 'amountPaid'
    | 'amountCredited'
    | 'amountFromWallet'
    | 'amountDue'
    | 'creditNotes'
  >
>();

export const documentedInvoice = (row: DocumentRow): InvoiceRecord => ({
  ...listedInvoice(row),
  creditNotes: (row.credit_notes ?? []).map((note) => creditNoteOf(note, row.currency)),
});

export const listedInvoice = (row: InvoiceRow): ListedInvoice => {
  const amount = (minor: string | null) => money(BigInt(minor ?? 0), row.currency);
  const draft = row.total === null;
  const total = amount(draft ? row.drafted : row.total);
  const paid = amount(row.paid);
  const credited = amount(row.credited);
  const fromWallet = amount(row.from_wallet);
  const owed =
    row.status === 'void' || row.status === 'uncollectible' || total.minor < 0n
      ? 0n
      : total.minor - paid.minor - credited.minor - fromWallet.minor;
  return {
    ...billedInvoice(row),
    period: { start: row.period_start as Instant, end: row.period_end as Instant },
    subtotal: amount(draft ? row.drafted : row.subtotal),
    tax: amount(row.tax),
    taxes: fromJson<readonly DocumentTax[]>((row.taxes ?? []) as Json),
    total,
    amountPaid: paid,
    amountCredited: credited,
    amountFromWallet: fromWallet,
    amountDue: money(owed, row.currency),
  };
};

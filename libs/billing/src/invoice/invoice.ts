import type {
  UsageCuts,
  InvoicePeriod,
  BillingRest,
  Fact,
  TaxFailure,
  Timer,
  CreditPart,
  WalletDraw,
} from '#contracts';
import {
  money,
  notFound,
  sum,
  type BillingRunId,
  type CreditNoteId,
  type Instant,
  type InvoiceId,
  type LocalDate,
  type Money,
} from '#kernel';
import type { Posting } from '#ledger';
import type { DocumentLine } from './invoice-line.js';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';

/** Once finalized, its lines are no longer kept here: they stand in the log between the two revisions. */
export interface Invoice {
  readonly id: InvoiceId;
  readonly currency: string;
  readonly runId: BillingRunId | null;
  status: InvoiceStatus;
  billThrough: Instant;
  cuts: UsageCuts;
  period: InvoicePeriod;
  draftRevision: number;
  /** Revision at which its lines were rated: what changed later is not in them. */
  ratedAt: number;
  chunks: number;
  /** Where it is full, and another one goes on. */
  rest: BillingRest | null;
  draft: Fact<'InvoiceLinesAdded'>['data'][];
  graceTimer: Timer | null;
  /** The generation of the last timer that was to issue it. */
  finalizeTimers: number;
  /** A service elsewhere has not said what it bears: how often it was asked, and why it did not say. */
  taxPending: { readonly attempts: number; readonly failure: TaxFailure | null } | null;
  /** What it says as it is issued. */
  issued: Fact<'InvoiceFinalized'>['data'] | null;
  overdue: boolean;
  sequence: number | null;
  number: string | null;
  amountPaid: Money;
  /** Customer credit applied to it, and what had given that. */
  amountCredited: Money;
  creditSources: readonly CreditPart[];
  /** What wallets paid of it, and which grants; of a void one, none any more. */
  amountFromWallet: Money;
  walletDraws: readonly WalletDraw[];
  /** Its credit notes, also those that were voided. */
  readonly creditNotes: CreditNoteId[];
  /** The last day on which something of it came to be owed: what settles it counts from then on. */
  owedFrom: LocalDate | null;
  /** How often it was owed again after it was paid. */
  reopenings: number;
  /** What was booked in its name, to be reversed with it. */
  postings: Posting[];
  firstRevision: number;
  lastLinesRevision: number;
}

/** What of an account holds its invoices. */
interface Invoiced {
  readonly invoices: ReadonlyMap<InvoiceId, Invoice>;
}

/** @throws DomainError `invoice_not_found` */
export const invoiceOf = (account: Invoiced, id: string): Invoice =>
  account.invoices.get(id as InvoiceId) ?? notFound('invoice', id);

/** The draft that the next billing rates again, if there is one. */
export const openDraft = (account: Invoiced): Invoice | undefined => {
  for (const invoice of account.invoices.values()) if (invoice.status === 'draft') return invoice;
  return undefined;
};

export const draftLines = ({ draft }: Invoice): DocumentLine[] => draft.flatMap(allLines);

/** What is billed of subscriptions, and then the items; or the credit that it sells. */
export const allLines = ({ lines, items = [], topUp }: Fact<'InvoiceLinesAdded'>['data']): DocumentLine[] => [
  ...lines,
  ...items,
  ...(topUp === undefined ? [] : [topUp]),
];

/** What is still owed: nothing once it is void or given up; of a draft, what would be. */
export const amountDue = (invoice: Invoice): Money => {
  const { status, currency, issued, amountPaid, amountCredited, amountFromWallet } = invoice;
  if (status === 'draft')
    return atLeastZero(
      sum(
        draftLines(invoice).map(({ amount }) => amount),
        currency,
      ),
    );
  if (status === 'void' || status === 'uncollectible') return money(0n, currency);
  const settled = amountPaid.minor + amountCredited.minor + amountFromWallet.minor;
  return money(atLeastZero(issued!.totals.total).minor - settled, currency);
};

export const atLeastZero = ({ minor, currency }: Money): Money => money(minor < 0n ? 0n : minor, currency);

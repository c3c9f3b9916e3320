import type { Stored, AccountFact, Fact } from '#contracts';
import type { InvoiceId, Money } from '#kernel';
import type { Account } from '../../account/account.state.js';
import { allLines, invoiceOf, type Invoice } from '../invoice.js';
import { invoiceRecord } from '../invoice.record.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { invoiceView, type InvoiceView } from './invoice-documents.js';

export interface Billed {
  readonly invoiceId: InvoiceId;
  readonly total: Money;
  /** Whether it is more than a draft. */
  readonly issued: boolean;
}

/** What one command of a billing stored. */
export interface BilledPart {
  /** Null where it made none. */
  readonly invoice: Billed | null;
  /** The draft that is not stored whole yet. */
  readonly continues?: Pick<Invoice, 'draftRevision'> & Pick<Billed, 'invoiceId'>;
  /** More is due than goes on this invoice. A draft says so once it is issued. */
  readonly goesOn: boolean;
}

interface Outcome {
  readonly state: Account;
  readonly events: readonly Stored<AccountFact>[];
}

export const billed = ({ state, events }: Outcome): BilledPart => {
  const invoiceId = madeIn(events);
  const goesOn = events.some(({ fact }) => fact.type === 'BillingAdvanced' && leavesARest(fact.data));
  if (invoiceId === undefined) return { invoice: null, goesOn };
  const invoice = invoiceOf(state, invoiceId);
  const incomplete = invoice.status === 'draft' && invoice.draft.length < invoice.chunks;
  const { total } = invoiceRecord(invoice, state);
  const { draftRevision } = invoice;
  return {
    invoice: { invoiceId, total, issued: invoice.status !== 'draft' },
    ...(incomplete ? { continues: { invoiceId, draftRevision } } : {}),
    goesOn,
  };
};

/** What got nowhere does not go on: it would for ever. */
const leavesARest = ({ rest, invoiceId, unissued = [] }: Fact<'BillingAdvanced'>['data']): boolean =>
  rest !== undefined && (invoiceId !== undefined || unissued.length + rest.looked.length > 0);

/** The lines are those that would be stored, or those of the draft that would be finalized as it stands. */
export const previewed = ({ state, events }: Outcome): { readonly document: InvoiceDocument } | InvoiceView | null => {
  const invoiceId = madeIn(events);
  if (invoiceId === undefined) return null;
  const view = invoiceView(state, invoiceId);
  const lines = events.flatMap(({ fact }) => (fact.type === 'InvoiceLinesAdded' ? allLines(fact.data) : []));
  return lines.length > 0 ? { document: { invoice: view.invoice, lines } } : view;
};

const madeIn = (events: Outcome['events']): InvoiceId | undefined =>
  events.map(({ fact }) => invoiceIdOf(fact)).find((id) => id !== undefined);

const invoiceIdOf = ({ type, data }: AccountFact): InvoiceId | undefined =>
  type === 'InvoiceDrafted' || type === 'InvoiceLinesAdded' || type === 'InvoiceFinalized' ? data.invoiceId : undefined;

import type { Stored } from '#contracts';
import type { InvoiceId, Money } from '#kernel';
import type { AccountEvent } from '../../domain/account/account.events.js';
import type { Account } from '../../domain/account/account.state.js';
import { allLines, invoiceOf } from '../../domain/invoice/invoice.js';
import { invoiceRecord } from '../records/from-state.js';
import type { InvoiceDocument } from '../records/records.js';
import { invoiceView, type InvoiceView } from './invoice-documents.js';

export interface Billed {
  readonly invoiceId: InvoiceId;
  readonly total: Money;
  /** The draft revision that is not stored whole yet. */
  readonly continues?: number;
}

interface Outcome {
  readonly state: Account;
  readonly events: readonly Stored<AccountEvent>[];
}

/** The invoice that a billing stored; null if nothing was due. */
export const billed = ({ state, events }: Outcome): Billed | null => {
  const invoiceId = madeIn(events);
  if (invoiceId === undefined) return null;
  const invoice = invoiceOf(state, invoiceId);
  const incomplete = invoice.status === 'draft' && invoice.draft.length < invoice.chunks;
  const { total } = invoiceRecord(invoice, state.profile!.accountId);
  return { invoiceId, total, ...(incomplete ? { continues: invoice.draftRevision } : {}) };
};

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

const invoiceIdOf = ({ type, data }: AccountEvent): InvoiceId | undefined =>
  type === 'InvoiceDrafted' || type === 'InvoiceLinesAdded' || type === 'InvoiceFinalized' ? data.invoiceId : undefined;

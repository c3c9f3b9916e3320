import type { AccountFact, Fact } from '#contracts';
import { money, notFound, refuse, refuseAt } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { draftLines, invoiceOf, type Invoice } from '../invoice/invoice.js';
import { isRated } from '../invoice/invoice-line.js';
import { CHUNKS_PER_APPEND_MAX, linesAdded } from '../invoice/line-chunks.js';
import type { InvoiceItemCommand } from './invoice-item.commands.js';
import { pendingItems, type InvoiceItem } from './invoice-item.js';
import { dueItemLines } from './item-lines.js';
import { classed } from '../tax/tax-class.js';
import { bounded, discounted } from './item-price.js';

type Command<Type extends InvoiceItemCommand['type']> = Extract<InvoiceItemCommand, { type: Type }>;

/** Adds a line to a draft, which stays on it however often that is rated again. */
export const addToDraft = (command: Command<'AddDraftLine'>, account: Account): readonly AccountFact[] => {
  const profile = openProfile(account);
  const { invoiceId, itemId, description, price, taxClass, metadata, reason, now } = command;
  if (account.items.has(itemId)) return [];
  const draft = changeable(account, invoiceId);
  const added: Fact<'InvoiceItemAdded'>['data'] = {
    itemId,
    description,
    ...discounted(price, account, profile, now),
    ...classed({ taxClass }),
    on: 'next_invoice',
    metadata,
    addedAt: now,
    draft: { invoiceId, reason },
  };
  return [{ type: 'InvoiceItemAdded', data: added }, ...redrafted(draft, [...pendingItems(account), itemIn(added)])];
};

/** Brings a line of a draft to another amount by a line beside it: what was rated still explains itself. */
export const changeLine = (command: Command<'ChangeDraftLine'>, account: Account): readonly AccountFact[] => {
  const { currency } = openProfile(account);
  const { invoiceId, lineId, itemId, reason, now } = command;
  if (account.items.has(itemId)) return [];
  const to = bounded(command.to, '/amount/amount');
  if (to.currency !== currency)
    return refuseAt('/amount/currency', 'currency_mismatch', `The account is billed in ${currency}.`);
  const draft = changeable(account, invoiceId);
  const line = draftLines(draft).find((one) => one.lineId === lineId) ?? notFound('invoice_line', lineId);
  if (line.kind === 'one_off' && line.adjusts !== undefined)
    return refuse('invoice_line_adjusts', `It adjusts the line ${line.adjusts}: change that one.`);
  const pending = pendingItems(account);
  const earlier = pending.find((item) => item.draft?.adjusts?.lineId === lineId);
  const others = pending.filter((item) => item !== earlier);
  const removed: readonly AccountFact[] = earlier ? [{ type: 'InvoiceItemRemoved', data: { itemId: earlier.id } }] : [];
  const difference = money(to.minor - line.amount.minor, currency);
  if (difference.minor === 0n) return earlier ? [...removed, ...redrafted(draft, others)] : [];
  const added: Fact<'InvoiceItemAdded'>['data'] = {
    itemId,
    description: line.description,
    quantity: '1',
    amount: difference,
    on: 'next_invoice',
    metadata: {},
    addedAt: now,
    draft: { invoiceId, reason, adjusts: { lineId, to } },
  };
  return [...removed, { type: 'InvoiceItemAdded', data: added }, ...redrafted(draft, [...others, itemIn(added)])];
};

export const changeable = (account: Account, invoiceId: Invoice['id']): Invoice => {
  const invoice = invoiceOf(account, invoiceId);
  const { status, draft, chunks } = invoice;
  if (status !== 'draft') return refuse('invoice_already_finalized', `The invoice is ${status}.`);
  if (draft.length < chunks) return refuse('invoice_draft_incomplete', 'The draft is still being written.');
  return chunks > CHUNKS_PER_APPEND_MAX ? tooLarge() : invoice;
};

const tooLarge = (): never =>
  refuse('invoice_draft_too_large', 'A draft of so many lines is not changed by hand: add an invoice item.');

export const itemIn = ({ itemId: id, ...item }: Fact<'InvoiceItemAdded'>['data']): InvoiceItem => ({
  id,
  ...item,
  invoiceId: null,
});

/** The next draft revision: what is rated of it as it was, and its items anew. */
export const redrafted = (draft: Invoice, pending: readonly InvoiceItem[]): readonly AccountFact[] => {
  const { id: invoiceId, billThrough, cuts, period, currency, runId, graceTimer: timer, rest } = draft;
  const rated = draftLines(draft).filter(isRated);
  const draftRevision = draft.draftRevision + 1;
  const items = dueItemLines(pending, { invoiceId, billThrough, rated });
  const chunks = linesAdded(invoiceId, draftRevision, [...rated, ...items]);
  if (chunks.length > CHUNKS_PER_APPEND_MAX) return tooLarge();
  const opening: Fact<'InvoiceDrafted'> = {
    type: 'InvoiceDrafted',
    data: {
      invoiceId,
      kind: 'cycle',
      currency,
      ...(runId === null ? {} : { runId }),
      billThrough,
      cuts,
      period,
      draftRevision,
      chunks: chunks.length,
      ...(timer === null ? {} : { timer }),
      ...(rest === null ? {} : { rest }),
      byHand: true,
    },
  };
  return [opening, ...chunks];
};

import type { AccountFact, Fact, InvoiceItemFact } from '#contracts';
import { notFound, refuse, type InvoiceId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { knownProfile, openProfile } from '../account/profile.decider.js';
import type { Slice } from '../account/slice.js';
import { finalizedApart } from '../invoice/finalization.js';
import { draftLines, openDraft } from '../invoice/invoice.js';
import { draftedApart } from '../invoice/drafted-apart.js';
import { linesAdded, type LinesChunk } from '../invoice/line-chunks.js';
import type { InvoiceItemCommand, OwnInvoice } from './invoice-item.commands.js';
import { addToDraft, changeLine } from './draft-lines.js';
import { classed } from '../tax/tax-class.js';
import { discounted } from './item-price.js';
import { pendingItems } from './invoice-item.js';
import { itemLine } from './item-lines.js';
import { discountDraft, removeDraftDiscount } from './draft-discounting.js';

type Command<Type extends InvoiceItemCommand['type']> = Extract<InvoiceItemCommand, { type: Type }>;

/** How many may wait for an invoice at a time. */
const PENDING_MAX = 1_000;

/** An item, with the invoice that is issued for it alone, if one is. */
export const addItem = (command: Command<'AddInvoiceItem'>, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const { itemId, own } = command;
  if (account.items.has(itemId)) return [];
  if (own === undefined && pendingItems(account).length >= PENDING_MAX)
    return refuse('too_many_invoice_items', `At most ${PENDING_MAX} items wait for an invoice.`);
  const data = itemOf(command, account);
  const added = { type: 'InvoiceItemAdded', data } as const;
  return own === undefined ? [added] : [added, ...invoiced(data, own, account)];
};

type NewItem = Omit<Command<'AddInvoiceItem'>, 'type' | 'own'> & { readonly own?: unknown };

const itemOf = (
  { itemId, description, price, taxClass, metadata, own, now }: NewItem,
  account: Account,
): Fact<'InvoiceItemAdded'>['data'] => ({
  itemId,
  description,
  ...discounted(price, account, openProfile(account), now),
  ...classed({ taxClass }),
  on: own === undefined ? 'next_invoice' : 'own_invoice',
  metadata,
  addedAt: now,
});

/** The lines of the invoice that an item has to itself: what taxes it bears may have to be asked for before. */
export const linesOfOwn = (item: NewItem, account: Account, invoiceId: InvoiceId): readonly LinesChunk[] =>
  ownLines(itemOf(item, account), invoiceId);

const ownLines = ({ itemId: id, ...item }: Fact<'InvoiceItemAdded'>['data'], invoiceId: InvoiceId): LinesChunk[] =>
  linesAdded(invoiceId, 1, [itemLine({ id, ...item }, invoiceId, [])!]).map(({ data }) => data);

/** Issued in the same append, whatever drafts and grace periods there are: it leaves the billing of all else where it is. */
const invoiced = (
  item: Fact<'InvoiceItemAdded'>['data'],
  { invoiceId, terms }: OwnInvoice,
  account: Account,
): readonly AccountFact[] => {
  const chunks = ownLines(item, invoiceId);
  const { addedAt: now, amount } = item;
  const drafted = draftedApart(invoiceId, amount.currency, now);
  const draft = { id: invoiceId, draftRevision: 1, chunks };
  const lines = chunks.map((data) => ({ type: 'InvoiceLinesAdded', data }) as const);
  return [drafted, ...lines, ...finalizedApart(draft, terms, account)];
};

const remove = ({ itemId }: Command<'RemoveInvoiceItem'>, account: Account): readonly AccountFact[] => {
  knownProfile(account);
  const item = account.items.get(itemId) ?? notFound('invoice_item', itemId);
  openProfile(account);
  const draft = openDraft(account);
  const drafted =
    draft !== undefined && draftLines(draft).some((line) => line.kind === 'one_off' && line.itemId === itemId);
  if (item.invoiceId !== null || drafted) return refuse('invoice_item_invoiced', 'The item is on an invoice already.');
  return [{ type: 'InvoiceItemRemoved', data: { itemId } }];
};

export const invoiceItemSlice: Slice<InvoiceItemCommand, InvoiceItemFact> = {
  decide: {
    AddInvoiceItem: addItem,
    RemoveInvoiceItem: remove,
    AddDraftLine: addToDraft,
    ChangeDraftLine: changeLine,
    DiscountDraft: discountDraft,
    RemoveDraftDiscount: removeDraftDiscount,
  },
  evolve: {
    InvoiceItemAdded({ items }, { itemId: id, ...item }) {
      items.set(id, { id, ...item, invoiceId: null });
    },
    InvoiceItemRemoved({ items }, { itemId }) {
      items.delete(itemId);
    },
  },
};

import type { AccountFact, Fact, TakenOffDraft } from '#contracts';
import { money, notFound, refuse, refuseAt } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { refuseSenselessTerms } from '../discount/discount-terms.js';
import { changeable, itemIn, redrafted } from './draft-lines.js';
import type { InvoiceItemCommand } from './invoice-item.commands.js';
import { pendingItems, type InvoiceItem } from './invoice-item.js';
import { bounded } from './item-price.js';

type Command<Type extends InvoiceItemCommand['type']> = Extract<InvoiceItemCommand, { type: Type }>;

/** Of one draft, beside each other. */
const DISCOUNTS_MAX = 20;

/** Takes something off the lines of a draft, which stays off however often that is rated again. It goes with the invoice: where that is void, it is of no other. */
export const discountDraft = (command: Command<'DiscountDraft'>, account: Account): readonly AccountFact[] => {
  const { currency } = openProfile(account);
  const { invoiceId, itemId, name, takesOff, reason, now } = command;
  if (account.items.has(itemId)) return [];
  refuseNonsense(takesOff, currency);
  const draft = changeable(account, invoiceId);
  const pending = pendingItems(account);
  if (discountsOf(pending, invoiceId).length >= DISCOUNTS_MAX)
    return refuse('too_many_discounts', `A draft has at most ${DISCOUNTS_MAX} discounts.`);
  const told: Fact<'InvoiceItemAdded'>['data'] = {
    itemId,
    description: name,
    quantity: '1',
    amount: money(0n, currency),
    on: 'next_invoice',
    metadata: {},
    addedAt: now,
    draft: { invoiceId, reason, takesOff },
  };
  const facts = redrafted(draft, [...pending, itemIn(told)]);
  const taken = takenBy(facts, itemId);
  if (taken === 0n) return refuse('discount_not_applicable', 'Nothing is left on the draft that it could take off.');
  return [{ type: 'InvoiceItemAdded', data: { ...told, amount: money(taken, currency) } }, ...facts];
};

export const removeDraftDiscount = (
  { invoiceId, itemId }: Command<'RemoveDraftDiscount'>,
  account: Account,
): readonly AccountFact[] => {
  openProfile(account);
  const draft = changeable(account, invoiceId);
  const pending = pendingItems(account);
  if (!discountsOf(pending, invoiceId).some(({ id }) => id === itemId)) return notFound('invoice_item', itemId);
  const others = pending.filter(({ id }) => id !== itemId);
  return [{ type: 'InvoiceItemRemoved', data: { itemId } }, ...redrafted(draft, others)];
};

const discountsOf = (pending: readonly InvoiceItem[], invoiceId: string): readonly InvoiceItem[] =>
  pending.filter(({ draft }) => draft?.takesOff !== undefined && draft.invoiceId === invoiceId);

/** @throws DomainError `invalid_discount`, `currency_mismatch`, `invalid_amount` */
const refuseNonsense = (takesOff: TakenOffDraft, currency: string): void => {
  refuseSenselessTerms({ ...takesOff, duration: 'once' });
  const { amount } = takesOff;
  if (amount === undefined) return;
  if (amount.currency !== currency)
    refuseAt('/amount/currency', 'currency_mismatch', `The account is billed in ${currency}.`);
  bounded(amount, '/amount/amount');
};

/** In minor units, below zero. */
const takenBy = (facts: readonly AccountFact[], itemId: string): bigint => {
  let taken = 0n;
  for (const fact of facts)
    if (fact.type === 'InvoiceLinesAdded')
      for (const line of fact.data.items ?? []) if (line.itemId === itemId) taken += line.amount.minor;
  return taken;
};

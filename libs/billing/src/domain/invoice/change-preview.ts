import { later, type SubscriptionId } from '#kernel';
import { derivedId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { dueServices } from './due-services.js';
import type { InvoiceLine } from './invoice-line.js';
import { linesOf } from './lines.js';

/**
 * What of a subscription is to be given back and charged once a change counts, by the same difference that billing makes. Without
 * usage: what will be used until then, nobody knows.
 */
export const changePreview = (
  account: Account,
  subscriptionId: SubscriptionId,
  changeId: string,
  catalog: Catalog,
): readonly InvoiceLine[] => {
  const subscription = account.subscriptions.get(subscriptionId)!;
  const change = subscription.changes.find((one) => one.changeId === changeId);
  if (!change) return [];
  const billThrough = later(change.at, account.billedThrough ?? change.at);
  const usage = { stream: '', cut: account.usageCut, byKey: new Map<string, never>() };
  const due = dueServices(account, { catalog, billThrough, arrivals: [] }).filter(
    ({ subscription: { id }, charge }) => id === subscriptionId && charge.kind !== 'usage',
  );
  return linesOf(due, usage, derivedId('inv', changeId), account);
};

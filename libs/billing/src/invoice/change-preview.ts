import type { InvoiceLine } from '#contracts';
import { derivedId, later, refuse, type SubscriptionId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { dueWithin, LINES_PER_INVOICE_MAX } from './due-services.js';
import { linesOf } from './lines.js';

/**
 * What of a subscription is to be given back and charged once a change counts, by the same difference that billing makes. Without
 * usage: what will be used until then, nobody knows.
 * @throws DomainError `preview_too_large`
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
  const due = { catalog, billThrough, arrivals: [], onlyFees: subscriptionId };
  const { services, more } = dueWithin(account, due, LINES_PER_INVOICE_MAX);
  if (more) {
    return refuse(
      'preview_too_large',
      `By then more than ${LINES_PER_INVOICE_MAX} lines are due, more than a preview shows: bill what is due first, or let the change count earlier.`,
    );
  }
  return linesOf(services, usage, derivedId('inv', changeId), account);
};

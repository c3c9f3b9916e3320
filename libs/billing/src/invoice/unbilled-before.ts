import { isBefore, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { earliest } from '../subscription/schedule.js';
import type { Subscription } from '../subscription/subscription.js';
import { pendingItems } from '../invoice-item/invoice-item.js';
import { isBilledTo } from './installments.js';
import { TimelineServices } from './timeline-services.js';

/** When something that began before an instant is billed next, now where nobody knows; null where all of that is billed. */
export const unbilledBefore = (at: Instant, now: Instant, account: Account, catalog: Catalog): Instant | null =>
  [...account.subscriptions.values()]
    .filter((subscription) => hasUnbilledBefore(at, subscription, account, catalog))
    .map(({ schedule }) => schedule.nextBillAt)
    .reduce(earliest, pendingItems(account).some(({ addedAt }) => isBefore(addedAt, at)) ? now : null);

const hasUnbilledBefore = (at: Instant, subscription: Subscription, account: Account, catalog: Catalog): boolean => {
  const { startAt, schedule } = subscription;
  if (schedule.nextBillAt === null || !isBefore(startAt, at)) return false;
  // What a void invoice billed is due again: from when, its schedule does not say.
  if (account.billedThrough !== null && !isBefore(account.billedThrough, schedule.nextBillAt)) return true;
  const { billed } = account;
  const timeline = new TimelineServices(subscription, catalog);
  for (const services of timeline.unbilled((served) => isBilledTo(served, billed.get(served.key)?.service.end))) {
    for (const { service } of services) {
      if (isBefore(service.start, at)) return true;
      break;
    }
  }
  return false;
};

import type { Charge, Service } from '#contracts';
import { isBefore, startOfDay, plusDays, type Instant, type LocalDate } from '#kernel';
import type { BilledService, Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { changesTouch, type Subscription } from '../subscription/subscription.js';
import type { Arrival } from '../usage/measurement.js';
import { partsFrom } from './billed-service.js';
import type { DueFacts, DueService } from './due-service.js';
import { servedAgain } from './rated-service.js';
import type { TimelineServices } from './timeline-services.js';
import { billedCharge } from './billed-charge.js';

/** Whether something about a billed service changed: usage that came late, a timeline that was changed. Null where all is as it was billed. */
export const dueAgain = (
  billed: BilledService,
  timeline: TimelineServices,
  account: Account,
  { catalog, arrivals, billThrough, onlyFees }: DueFacts,
): DueService | null => {
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const charge = billedCharge(billed, subscription, catalog);
  if (onlyFees !== undefined && charge.kind === 'usage') return null;
  const late =
    charge.kind === 'usage' &&
    subscription.cancellation?.finalBill !== false &&
    (arrivals.some((arrival) => isNewTo(billed, arrival) && concerns(arrival, charge, billed.service, catalog)) ||
      account.attributionChanges.some(
        ({ from, revision }) => revision > (billed.looked?.revision ?? -1) && isBefore(from, billed.service.end),
      ));
  const mayChange = changesTouch(subscription, billed.period);
  if (billed.reopenedAt === null && !late && !mayChange) return null;
  const now = timeline.now(billed);
  const from = mayChange ? partsFrom(billed, now, charge) : null;
  const changed = from !== null && !isBefore(billThrough, from) && !wasFoundRight(billed, from, subscription);
  if (billed.reopenedAt === null && !late && !changed) return null;
  return servedAgain(billed, now, subscription, catalog);
};

/** Whether it came after a billing that goes on had looked at the service. */
const isNewTo = ({ looked }: BilledService, { revision = Infinity }: Arrival): boolean =>
  looked === undefined || revision > looked.cut;

/** A billing that goes on has looked at it, and nobody changed the timeline since: it differs in words alone. */
const wasFoundRight = ({ looked }: BilledService, from: Instant, { changedAt }: Subscription): boolean =>
  looked !== undefined && changedAt < looked.revision && !isBefore(looked.through, from);

/** What a recurring meter learns of an earlier day is carried into all that came after it. */
const concerns = ({ event, day }: Arrival, { meter: key }: Charge, service: Service, catalog: Catalog): boolean => {
  const { eventName, recurring } = catalog.meters.get(key!)!;
  return (
    eventName === event &&
    isBefore(startOfDay(day as LocalDate, 'UTC'), service.end) &&
    (recurring === true || isBefore(service.start, startOfDay(plusDays(day as LocalDate, 1), 'UTC')))
  );
};

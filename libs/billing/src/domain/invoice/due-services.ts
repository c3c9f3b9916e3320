import { isRaterVersion, RATER_VERSION } from '#rating';
import { isBefore, later, plusDays, startOfDay, type Instant, type LocalDate } from '#kernel';
import { billedKey, type Account, type BilledService } from '../account/account.state.js';
import { catalogOf, planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Charge } from '../catalog/plan.js';
import { dueAt, serviceBetween } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import type { Arrival } from '../usage/measurement.js';
import { partsFrom, unitsBilled } from './billed-service.js';
import type { InvoiceLine, Service } from './invoice-line.js';
import { openDraft } from './invoice.js';
import { isBilledTo, upTo } from './installments.js';
import { billedCharge, isGivenBack, TimelineServices, type TimelineService } from './timeline-services.js';

/** A charge and service that has to be rated: for the first time, or again because something about it changed. */
export interface DueService extends TimelineService {
  readonly subscription: Subscription;
  /** That of the first line of a service: what is rated again, is rated by the same. */
  readonly raterVersion: number;
  readonly billed: BilledService | undefined;
}

export interface DueFacts {
  readonly catalog: Catalog;
  readonly billThrough: Instant;
  readonly arrivals: readonly Arrival[];
}

/** What falls due for the first time up to an instant, and what was billed before and is not right any more. */
export const dueServices = (account: Account, given: DueFacts): DueService[] => {
  const catalog = catalogOf(account, given.catalog);
  const facts = { ...given, catalog, billThrough: billedThrough(account, given.billThrough) };
  const timelines = new Map(
    [...account.subscriptions].map(([id, subscription]) => [id, new TimelineServices(subscription, facts.catalog)]),
  );
  const due: DueService[] = [];
  for (const subscription of account.subscriptions.values()) {
    due.push(...newlyDue(subscription, timelines.get(subscription.id)!, account, facts));
  }
  const extended = new Set(due.filter(({ billed }) => billed !== undefined).map(({ key }) => key));
  for (const billed of account.billed.values()) {
    if (extended.has(billed.key)) continue;
    const again = dueAgain(billed, timelines.get(billed.subscriptionId)!, account, facts);
    if (again) due.push(again);
  }
  return due;
};

/** A draft that is rated again keeps what it reaches, however early the billing looks. */
export const billedThrough = (account: Account, billThrough: Instant): Instant => {
  const draft = openDraft(account);
  return draft ? later(draft.billThrough, billThrough) : billThrough;
};

function* newlyDue(
  subscription: Subscription,
  timeline: TimelineServices,
  { billed }: Account,
  { billThrough }: DueFacts,
): Generator<DueService> {
  for (const services of timeline.unbilled((served) => isBilledTo(served, billed.get(served.key)?.service.end))) {
    // Of a window, the last installment takes in those before it.
    const due = new Map<string, DueService>();
    for (const served of services) {
      if (isBefore(billThrough, dueAt(served.charge, served.service))) break;
      const { key } = served;
      due.set(key, { subscription, raterVersion: RATER_VERSION, ...served, billed: billed.get(key) });
    }
    yield* due.values();
  }
}

const dueAgain = (
  billed: BilledService,
  timeline: TimelineServices,
  account: Account,
  { catalog, arrivals, billThrough }: DueFacts,
): DueService | null => {
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const charge = billedCharge(billed, subscription, catalog);
  const late =
    charge.kind === 'usage' &&
    subscription.cancellation?.finalBill !== false &&
    (arrivals.some((arrival) => concerns(arrival, charge, billed.service, catalog)) ||
      account.attributionChanges.some(({ from }) => isBefore(from, billed.service.end)));
  if (billed.reopenedAt === null && !late && subscription.changeIds.size === 0) return null;
  const now = timeline.now(billed);
  const from = partsFrom(billed, now, charge);
  const changed = from !== null && !isBefore(billThrough, from);
  if (billed.reopenedAt === null && !late && !changed) return null;
  return servedAgain(billed, now, subscription, catalog);
};

/** As the timeline has it by now. What it has no more is served for no time; what was charged once stays. */
export const servedAgain = (
  billed: BilledService,
  now: TimelineService | undefined,
  subscription: Subscription,
  catalog: Catalog,
): DueService | null => {
  const { key, period, service, raterVersion, part, override } = billed;
  if (now) return { subscription, ...now, billed, raterVersion };
  const charge = billedCharge(billed, subscription, catalog);
  if (charge.kind === 'one_time' && !isGivenBack(billed, charge, subscription)) return null;
  return {
    key,
    subscription,
    plan: planVersion(catalog, billed.plan, billed.planVersion),
    charge,
    ...(override === undefined ? {} : { override }),
    ...part,
    units: unitsBilled(billed),
    period,
    service: serviceBetween(service.start, service.start, service.timeZone),
    billed,
    raterVersion,
  };
};

/** What a stored line was rated from, on the state that it was decided on. Undefined where the timeline has no such service. */
export const ratedService = (
  { subscriptionId, charge, service, raterVersion: stored }: InvoiceLine,
  account: Account,
  tenants: Catalog,
): DueService | undefined => {
  const catalog = catalogOf(account, tenants);
  const subscription = account.subscriptions.get(subscriptionId)!;
  const timeline = new TimelineServices(subscription, catalog);
  const billed = account.billed.get(billedKey(subscriptionId, charge, service.start));
  // What no rater has made is looked at with today's, and differs by its version.
  const raterVersion = isRaterVersion(stored) ? stored : RATER_VERSION;
  // A further installment of a window that was billed in part.
  const further = billed !== undefined && isBefore(billed.service.end, service.end);
  if (billed && !further) {
    const due = servedAgain(billed, timeline.now(billed), subscription, catalog);
    return due ? { ...due, raterVersion } : undefined;
  }
  const served = timeline.at(charge, service.start, raterVersion);
  return served && { subscription, ...upTo(served, service.end), billed, raterVersion };
};

/** What a recurring meter learns of an earlier day is carried into all that came after it. */
const concerns = ({ event, day }: Arrival, { meter: key }: Charge, service: Service, catalog: Catalog): boolean => {
  const { eventName, recurring } = catalog.meters.get(key!)!;
  return (
    eventName === event &&
    isBefore(startOfDay(day as LocalDate, 'UTC'), service.end) &&
    (recurring === true || isBefore(service.start, startOfDay(plusDays(day as LocalDate, 1), 'UTC')))
  );
};

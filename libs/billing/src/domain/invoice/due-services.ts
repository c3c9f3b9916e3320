import { isRaterVersion, RATER_VERSION } from '#rating';
import {
  compareInstants,
  isBefore,
  later,
  merged,
  plusDays,
  startOfDay,
  type Instant,
  type LocalDate,
  type SubscriptionId,
} from '#kernel';
import { billedKey, type Account, type BilledService } from '../account/account.state.js';
import { catalogOf, planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Charge } from '../catalog/plan.js';
import { dueAt, endingAt } from '../subscription/charge-periods.js';
import { changesTouch, type Subscription } from '../subscription/subscription.js';
import type { Arrival } from '../usage/measurement.js';
import { zoneOfLine } from './billed-time.js';
import { partsFrom, unitsBilled } from './billed-service.js';
import type { InvoiceLine, Service } from './invoice-line.js';
import { openDraft } from './invoice.js';
import { isBilledTo, upTo } from './installments.js';
import { billedCharge, isGivenBack, TimelineServices } from './timeline-services.js';
import type { TimelineService } from './timeline-service.js';

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
  /** Of one subscription, and of it what recurs or is charged once: where nobody knows what will be used. */
  readonly onlyFees?: SubscriptionId;
}

/** So many lines of subscriptions go on one invoice. What else is due goes on the next. */
export const LINES_PER_INVOICE_MAX = 1_000;

/** What is due, as far as it was looked for. */
export interface Due {
  readonly services: readonly DueService[];
  /** Whether there is more than that. */
  readonly more: boolean;
}

/** What falls due for the first time up to an instant, and what was billed before and is not right any more. */
export const dueServices = (account: Account, given: DueFacts): readonly DueService[] =>
  dueWithin(account, given, Infinity).services;

/** The same, up to so many: the earliest of what is due for the first time, and then what is due again. Nothing beyond them is looked for. */
export const dueWithin = (account: Account, given: DueFacts, most: number): Due => {
  const { facts, timelines } = lookingInto(account, given);
  const due = firstOf(account, timelines, facts, most);
  if (due.size > most) return { services: [...due.values()].slice(0, most), more: true };
  const services = [...due.values()];
  for (const again of againOf(account, timelines, facts, ({ key }) => !due.has(key))) {
    if (services.length === most) return { services, more: true };
    services.push(again);
  }
  return { services, more: false };
};

/** What was billed before and is not right any more, of subscriptions that are asked for when it is their turn. */
export function* dueAgainOf(
  account: Account,
  given: DueFacts,
  isAsked: (subscription: Subscription) => boolean,
): Generator<DueAgain> {
  const { facts, timelines } = lookingInto(account, given);
  const asked = ({ subscriptionId }: BilledService) => isAsked(account.subscriptions.get(subscriptionId)!);
  yield* againOf(account, timelines, facts, asked);
}

type DueAgain = DueService & { readonly billed: BilledService };
type Timelines = ReadonlyMap<SubscriptionId, TimelineServices>;

const lookingInto = (
  account: Account,
  given: DueFacts,
): { readonly facts: DueFacts; readonly timelines: Timelines } => {
  const catalog = catalogOf(account, given.catalog);
  const facts = { ...given, catalog, billThrough: billedThrough(account, given.billThrough) };
  const subscriptions = [...account.subscriptions].filter(
    ([id]) => facts.onlyFees === undefined || id === facts.onlyFees,
  );
  const timelines = new Map(
    subscriptions.map(([id, subscription]) => [id, new TimelineServices(subscription, facts.catalog)]),
  );
  return { facts, timelines };
};

function* againOf(
  account: Account,
  timelines: Timelines,
  facts: DueFacts,
  isWanted: (billed: BilledService) => boolean,
): Generator<DueAgain> {
  for (const billed of account.billed.values()) {
    const timeline = timelines.get(billed.subscriptionId);
    if (!timeline || !isWanted(billed)) continue;
    const again = dueAgain(billed, timeline, account, facts);
    if (again) yield { ...again, billed };
  }
}

/** By key, what is due for the first time: all of it, or one more than asked for, the earliest first. */
const firstOf = (
  account: Account,
  timelines: Timelines,
  facts: DueFacts,
  most: number,
): ReadonlyMap<string, DueService> => {
  const byCharge = () =>
    [...timelines].flatMap(([id, timeline]) => [...newlyDue(account.subscriptions.get(id)!, timeline, account, facts)]);
  const all = collected(byCharge(), most);
  return all.size <= most ? all : collected([merged(byCharge(), byDueMoment)], most);
};

/** Of a window, the last installment takes in those before it. */
const collected = (due: readonly Iterable<DueService>[], most: number): Map<string, DueService> => {
  const found = new Map<string, DueService>();
  for (const services of due) {
    for (const service of services) {
      found.set(service.key, service);
      if (found.size > most) return found;
    }
  }
  return found;
};

const byDueMoment = (left: DueService, right: DueService): number =>
  compareInstants(dueAt(left.charge, left.service), dueAt(right.charge, right.service));

/** A draft that is rated again keeps what it reaches, however early the billing looks. */
export const billedThrough = (account: Account, billThrough: Instant): Instant => {
  const draft = openDraft(account);
  return draft ? later(draft.billThrough, billThrough) : billThrough;
};

/** Per charge, in the order in which it falls due. */
function* newlyDue(
  subscription: Subscription,
  timeline: TimelineServices,
  { billed }: Account,
  facts: DueFacts,
): Generator<Iterable<DueService>> {
  for (const services of timeline.unbilled((served) => isBilledTo(served, billed.get(served.key)?.service.end)))
    yield dueOf(services, subscription, billed, facts);
}

function* dueOf(
  services: Iterable<TimelineService>,
  subscription: Subscription,
  billed: Account['billed'],
  { billThrough, onlyFees }: DueFacts,
): Generator<DueService> {
  for (const served of services) {
    if (onlyFees !== undefined && served.charge.kind === 'usage') return;
    if (isBefore(billThrough, dueAt(served.charge, served.service))) return;
    yield { subscription, raterVersion: RATER_VERSION, ...served, billed: billed.get(served.key) };
  }
}

const dueAgain = (
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
    service: endingAt(service, service.start, subscription.zone),
    billed,
    raterVersion,
  };
};

/** What a stored line was rated from, on the state that it was decided on. Undefined where the timeline has no such service. */
export const ratedService = (line: InvoiceLine, account: Account, tenants: Catalog): DueService | undefined => {
  const { subscriptionId, charge, service, raterVersion: stored } = line;
  const catalog = catalogOf(account, tenants);
  const known = account.subscriptions.get(subscriptionId)!;
  const subscription = { ...known, zone: zoneOfLine(known.zone, line) };
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
  return served && { subscription, ...upTo(served, service.end, subscription), billed, raterVersion };
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

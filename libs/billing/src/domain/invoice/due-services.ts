import {
  earlier,
  earliest,
  isBefore,
  later,
  plusDays,
  startOfDay,
  type Instant,
  type LocalDate,
  type LocalPeriod,
} from '#kernel';
import { billedKey, type Account, type BilledService } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Charge, PlanVersion } from '../catalog/plan.js';
import { dueAt, servedBy, serviceBetween } from '../subscription/charge-periods.js';
import type { Quantities } from '../subscription/subscription.events.js';
import type { TimelineEnd, Subscription } from '../subscription/subscription.js';
import type { Arrival } from '../usage/measurement.js';
import type { Service } from './invoice-line.js';

/** A charge and service that has to be rated: for the first time, or again because something about it changed. */
export interface DueService {
  readonly key: string;
  readonly subscription: Subscription;
  readonly plan: PlanVersion;
  readonly charge: Charge;
  readonly quantities: Quantities;
  readonly period: LocalPeriod;
  readonly service: Service;
  readonly billed: BilledService | undefined;
}

export interface DueFacts {
  readonly catalog: Catalog;
  readonly billThrough: Instant;
  readonly arrivals: readonly Arrival[];
}

/** What falls due for the first time up to an instant, and what was billed before and is not right any more. */
export const dueServices = (account: Account, facts: DueFacts): DueService[] => {
  const due: DueService[] = [];
  for (const subscription of account.subscriptions.values()) due.push(...newlyDue(subscription, facts));
  for (const billed of account.billed.values()) {
    const again = dueAgain(billed, account, facts);
    if (again) due.push(again);
  }
  return due;
};

function* newlyDue(subscription: Subscription, { catalog, billThrough }: DueFacts): Generator<DueService> {
  for (const segment of subscription.segments) {
    const plan = planVersion(catalog, segment.plan, segment.planVersion);
    for (const charge of plan.charges) {
      const after = subscription.through.get(charge.key);
      for (const { period, service } of servedBy(subscription, segment, plan, charge, after)) {
        if (isBefore(billThrough, dueAt(charge, service))) break;
        const key = billedKey(subscription.id, charge.key, service.start);
        const { quantities } = segment;
        yield { key, subscription, plan, charge, quantities, period, service, billed: undefined };
      }
    }
  }
}

const dueAgain = (billed: BilledService, account: Account, { catalog, arrivals }: DueFacts): DueService | null => {
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const plan = planVersion(catalog, billed.plan, billed.planVersion);
  const charge = chargeOf(billed, catalog);
  const service = serviceNow(billed, subscription, charge);
  const late =
    charge.kind === 'usage' &&
    (arrivals.some((arrival) => concerns(arrival, charge, billed.service, catalog)) ||
      account.attributionChanges.some(({ from }) => isBefore(from, billed.service.end)));
  if (billed.reopenedAt === null && !late && service === billed.service) return null;
  const { key, period } = billed;
  return { key, subscription, plan, charge, quantities: subscription.quantities, period, service, billed };
};

/** Services that lines were taken from after a revision, and that no billing settled since. */
export const reopenedAfter = (revision: number, { billed }: Account): BilledService[] =>
  revision === Infinity
    ? []
    : [...billed.values()].filter(({ reopenedAt }) => reopenedAt !== null && reopenedAt > revision);

/** When the earliest of a subscription’s services among these is due. */
export const earliestDue = (
  services: readonly BilledService[],
  subscription: Subscription,
  catalog: Catalog,
): Instant | null =>
  services
    .filter(({ subscriptionId }) => subscriptionId === subscription.id)
    .map((billed) => {
      const charge = chargeOf(billed, catalog);
      return dueAt(charge, serviceNow(billed, subscription, charge));
    })
    .reduce(earliest, null);

/** Whether something billed of a subscription is not right any more now that its timeline ends. */
export const cutsWhatIsBilled = (account: Account, subscription: Subscription, catalog: Catalog): boolean =>
  [...account.billed.values()].some(
    (billed) =>
      billed.subscriptionId === subscription.id &&
      billed.lines.length > 0 &&
      serviceNow(billed, subscription, chargeOf(billed, catalog)) !== billed.service,
  );

/** Whether readings from an instant on that this subscription gives up or takes are billed by another one. */
export const movesBilledReadings = (
  account: Account,
  { id, plan, planVersion: version }: Subscription,
  from: Instant,
  catalog: Catalog,
): boolean =>
  planVersion(catalog, plan, version).charges.some(({ kind }) => kind === 'usage') &&
  [...account.billed.values()].some(
    (billed) =>
      billed.subscriptionId !== id &&
      billed.lines.length > 0 &&
      isBefore(from, billed.service.end) &&
      chargeOf(billed, catalog).kind === 'usage',
  );

const chargeOf = ({ plan, planVersion: version, charge }: BilledService, catalog: Catalog): Charge =>
  planVersion(catalog, plan, version).charges.find(({ key }) => key === charge)!;

/** The service as the timeline has it now: an end that was set since cuts it, where its part is given back. */
const serviceNow = ({ service, period }: BilledService, { cancellation }: Subscription, charge: Charge): Service => {
  if (cancellation === null || charge.kind === 'one_time') return service;
  if (isKept(service, cancellation, charge)) return service;
  const turn = startOfDay(period.end, service.timeZone);
  const end = later(service.start, earlier(turn, cancellation.endsAt));
  return end === service.end ? service : serviceBetween(service.start, end, service.timeZone);
};

/** What was billed stays billed without credit; what is not prorated stays whole, unless it was never served. */
const isKept = ({ start }: Service, { credit, endsAt }: TimelineEnd, charge: Charge): boolean =>
  charge.kind === 'recurring' &&
  ((charge.timing === 'in_advance' && credit === 'none') || (charge.proration === 'none' && isBefore(start, endsAt)));

const concerns = ({ event, day }: Arrival, { meter }: Charge, service: Service, catalog: Catalog): boolean =>
  catalog.meters.get(meter!)!.eventName === event &&
  isBefore(startOfDay(day as LocalDate, 'UTC'), service.end) &&
  isBefore(service.start, startOfDay(plusDays(day as LocalDate, 1), 'UTC'));

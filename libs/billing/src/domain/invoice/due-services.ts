import { isBefore, later, plusDays, startOfDay, type Instant, type LocalDate, type LocalPeriod } from '#kernel';
import { RATER_VERSION } from '#rating';
import { billedKey, type Account, type BilledService } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeOf, type Charge, type PlanVersion } from '../catalog/plan.js';
import { dueAt, servedBy } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import { agreedCharge, type AgreedCharge } from '../subscription/terms.js';
import type { Arrival } from '../usage/measurement.js';
import { serviceNow } from './billed-service.js';
import type { Service } from './invoice-line.js';
import { openDraft } from './invoice.js';

/** A charge and service that has to be rated: for the first time, or again because something about it changed. */
export interface DueService extends AgreedCharge {
  readonly key: string;
  readonly subscription: Subscription;
  readonly plan: PlanVersion;
  readonly period: LocalPeriod;
  readonly service: Service;
  readonly billed: BilledService | undefined;
  /** What was billed before is rated again as it was: a difference between two raters is nobody's usage. */
  readonly raterVersion: number;
}

export interface DueFacts {
  readonly catalog: Catalog;
  readonly billThrough: Instant;
  readonly arrivals: readonly Arrival[];
}

/** What falls due for the first time up to an instant, and what was billed before and is not right any more. */
export const dueServices = (account: Account, given: DueFacts): DueService[] => {
  const facts = { ...given, billThrough: billedThrough(account, given.billThrough) };
  const due: DueService[] = [];
  for (const subscription of account.subscriptions.values()) due.push(...newlyDue(subscription, facts));
  for (const billed of account.billed.values()) {
    const again = dueAgain(billed, account, facts);
    if (again) due.push(again);
  }
  return due;
};

/** A draft that is rated again keeps what it reaches, however early the billing looks. */
export const billedThrough = (account: Account, billThrough: Instant): Instant => {
  const draft = openDraft(account);
  return draft ? later(draft.billThrough, billThrough) : billThrough;
};

function* newlyDue(subscription: Subscription, { catalog, billThrough }: DueFacts): Generator<DueService> {
  for (const segment of subscription.segments) {
    const plan = planVersion(catalog, segment.plan, segment.planVersion);
    for (const charge of plan.charges) {
      const after = subscription.through.get(charge.key);
      for (const { period, service } of servedBy(subscription, segment, plan, charge, after)) {
        if (isBefore(billThrough, dueAt(charge, service))) break;
        const key = billedKey(subscription.id, charge.key, service.start);
        const raterVersion = RATER_VERSION;
        const agreed = agreedCharge(charge, segment);
        yield { key, subscription, plan, ...agreed, period, service, billed: undefined, raterVersion };
      }
    }
  }
}

const dueAgain = (billed: BilledService, account: Account, { catalog, arrivals }: DueFacts): DueService | null => {
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const plan = planVersion(catalog, billed.plan, billed.planVersion);
  const charge = chargeOf(plan, billed.charge);
  const service = serviceNow(billed, subscription.cancellation, charge);
  const late =
    charge.kind === 'usage' &&
    (arrivals.some((arrival) => concerns(arrival, charge, billed.service, catalog)) ||
      account.attributionChanges.some(({ from }) => isBefore(from, billed.service.end)));
  if (billed.reopenedAt === null && !late && service === billed.service) return null;
  const { key, period, raterVersion } = billed;
  return {
    key,
    subscription,
    plan,
    ...agreedCharge(charge, subscription.terms),
    period,
    service,
    billed,
    raterVersion,
  };
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

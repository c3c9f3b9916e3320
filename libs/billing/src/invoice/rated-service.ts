import type { InvoiceLine } from '#contracts';
import { isRaterVersion, RATER_VERSION } from '#rating';
import { isBefore } from '#kernel';
import { billedKey, type Account, type BilledService } from '../account/account.state.js';
import { catalogOf, planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { endingAt } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import { unitsBilled } from './billed-service.js';
import { zoneOfLine } from './billed-time.js';
import type { DueService } from './due-service.js';
import { upTo } from './installments.js';
import type { TimelineService } from './timeline-service.js';
import { TimelineServices } from './timeline-services.js';
import { isGivenBack } from './given-back.js';
import { billedCharge } from './billed-charge.js';

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

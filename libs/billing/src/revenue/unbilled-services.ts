import type { Month, RevenueSchedule } from './revenue-schedule.js';
import { derivedId, isBefore, startOfDay, type Instant } from '#kernel';
import { RATER_VERSION } from '#rating';
import type { Account } from '../account/account.state.js';
import { knownProfile } from '../account/profile.decider.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { dueWithin, type Due } from '../invoice/due-services.js';
import type { DueFacts, DueService } from '../invoice/due-service.js';
import { isBilledTo } from '../invoice/installments.js';
import { estimatedTax } from '../tax/tax-terms.js';
import { taxedInvoice } from '../invoice/invoice-tax.js';
import { linesOf } from '../invoice/lines.js';
import { TimelineServices } from '../invoice/timeline-services.js';
import { endingAt } from '../subscription/charge-periods.js';
import { firstDayAfter } from './account-revenue.js';
import { changesBy, netLines } from './invoiced-revenue.js';
import type { RevenueCommand } from './revenue.commands.js';

type RecognizeRevenue = Extract<RevenueCommand, { type: 'RecognizeRevenue' }>;

/** So many services of an account are accrued at most. What goes beyond them counts once it is invoiced. */
export const ACCRUED_SERVICES_MAX = 2_000;

/** When a month is over for an account: what is served from then on is of the next one. */
export const endOf = (month: Month, timeZone: string): Instant => startOfDay(firstDayAfter(month), timeZone);

/** What is served until the end of a month and not invoiced: what is due by then, and what goes on; of that, usage as far as it is known. */
export const servedUnbilled = (account: Account, month: Month, facts: Pick<DueFacts, 'catalog' | 'arrivals'>): Due =>
  servedUntil(account, endOf(month, knownProfile(account).timeZone), facts);

/** The same, until an instant. */
export const servedUntil = (account: Account, until: Instant, facts: Pick<DueFacts, 'catalog' | 'arrivals'>): Due => {
  const { services, more } = dueWithin(account, { ...facts, billThrough: until }, ACCRUED_SERVICES_MAX);
  const served = new Map(services.map((service) => [service.key, service]));
  for (const service of goingOn(account, facts.catalog, until)) {
    if (served.size >= ACCRUED_SERVICES_MAX) return { services: [...served.values()], more: true };
    served.set(service.key, service);
  }
  return { services: [...served.values()], more };
};

/** What is billed when it is over, and is not over yet. */
function* goingOn({ subscriptions, billed }: Account, catalog: Catalog, until: Instant): Generator<DueService> {
  for (const subscription of subscriptions.values()) {
    const timeline = new TimelineServices(subscription, catalog);
    const isBilled = (served: Parameters<typeof isBilledTo>[0]) =>
      isBilledTo(served, billed.get(served.key)?.service.end);
    for (const services of timeline.unbilled(isBilled)) {
      for (const served of services) {
        const { charge, service, key, gaps, ...rest } = served;
        if (!isBefore(service.start, until)) break;
        if (charge.timing === 'in_advance' || !isBefore(until, service.end)) continue;
        const common = { subscription, raterVersion: RATER_VERSION, ...rest, key, charge, billed: billed.get(key) };
        if (charge.kind !== 'usage') {
          yield { ...common, service, ...(gaps === undefined ? {} : { gaps }) };
          continue;
        }
        const before = gaps?.filter(({ start }) => isBefore(start, until)) ?? [];
        yield {
          ...common,
          service: endingAt(service, until, subscription.zone),
          ...(before.length === 0 ? {} : { gaps: before }),
          installment: 'open',
        };
      }
    }
  }
}

/** By service, what is earned of it by the end of the month and not invoiced, in minor units without taxes. Nothing that is to be given back. */
export const accruedServices = (
  { month, recognitionId, usage, tax, ...facts }: RecognizeRevenue,
  account: Account,
): ReadonlyMap<string, bigint> => {
  // Nothing of it will be billed.
  if (account.closed) return new Map();
  const { services } = servedUnbilled(account, month, facts);
  const lines = linesOf(services, usage, derivedId('inv', recognitionId), account);
  const isInside = tax.settings.prices === 'inclusive';
  const { lines: asBooked } = isInside
    ? taxedInvoice(lines, { tax: estimatedTax(tax), issueDate: facts.today }, account)
    : { lines };
  const { services: net } = netLines(
    lines,
    asBooked.map(({ amount }) => amount.minor),
  );
  const accrued = [...changesBy(net, account)].map(
    ([key, { before, after }]) =>
      [key, earnedUntil(month, after.schedule) - earnedUntil(month, before.schedule)] as const,
  );
  return new Map(accrued.filter(([, minor]) => minor > 0n));
};

const earnedUntil = (month: Month, schedule: RevenueSchedule): bigint =>
  [...schedule].reduce((sum, [earnedIn, minor]) => (earnedIn <= month ? sum + minor : sum), 0n);

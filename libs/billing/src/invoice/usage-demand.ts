import type { Meter } from '#contracts';
import { earlier, isBefore, later, type SubscriptionId } from '#kernel';
import { pricedDimensions, pricesReadings, raterOf, tiersHeldUnits } from '#rating';
import type { Account } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Subscription } from '../subscription/subscription.js';
import type { UsageDemand } from '../usage/measurement.js';
import type { DueService } from './due-service.js';

/** What has to be measured before the due services can be rated. */
export const usageDemands = (due: readonly DueService[], account: Account, catalog: Catalog): UsageDemand[] => {
  const taken = new Takings(account, catalog);
  return due
    .filter(({ charge }) => charge.kind === 'usage')
    .map((service) => {
      const { key, charge, subscription } = service;
      const { start, end } = service.service;
      const meter = catalog.meters.get(charge.meter!)!;
      const carried = meter.recurring === true ? carriedInto(service, meter) : undefined;
      const from = carried?.carriedFrom ?? start;
      const groupBy = pricedDimensions(charge.price);
      const takenByEarlier = taken
        .before(subscription, meter)
        .filter((range) => isBefore(range.start, end) && isBefore(from, range.end));
      return {
        key,
        meter,
        subscriptionId: subscription.id,
        start,
        end,
        zone: subscription.zone,
        takenByEarlier,
        ...(service.gaps === undefined ? {} : { gaps: service.gaps }),
        ...carried,
        ...(groupBy.length === 0 ? {} : { groupBy }),
        ...(pricesReadings(charge.price) ? { values: true } : {}),
      };
    });
};

/** Of a recurring meter, all since the subscription began; as held for parts of the period where charge and aggregation can be. */
const carriedInto = (
  { charge: { proration: basis, price }, subscription, period, service, raterVersion }: DueService,
  { aggregation }: Meter,
): Pick<UsageDemand, 'carriedFrom' | 'prorated' | 'levels'> => {
  const carriedFrom = subscription.segments[0]?.from ?? service.start;
  const { heldUnitsBy, tiersByLevel } = raterOf(raterVersion);
  if (basis === 'none' || !heldUnitsBy.has(basis) || (aggregation !== 'sum' && aggregation !== 'unique_count')) {
    return { carriedFrom };
  }
  const levels = tiersByLevel && tiersHeldUnits(price) ? { levels: true } : {};
  return { carriedFrom, prorated: { basis, period }, ...levels };
};

type Taken = UsageDemand['takenByEarlier'][number];

/**
 * What earlier subscriptions take of an event name. Of thousands that run side by side, each knows what all before it take as one stretch: else
 * every one would be compared with every other.
 */
class Takings {
  private readonly byEvent = new Map<string, ReadonlyMap<SubscriptionId, readonly Taken[]>>();

  constructor(
    private readonly account: Account,
    private readonly catalog: Catalog,
  ) {}

  before({ id }: Subscription, meter: Meter): readonly Taken[] {
    const known = this.byEvent.get(meter.eventName) ?? this.bySubscription(meter);
    this.byEvent.set(meter.eventName, known);
    return known.get(id)!;
  }

  private bySubscription(meter: Meter): ReadonlyMap<SubscriptionId, readonly Taken[]> {
    const before = new Map<SubscriptionId, readonly Taken[]>();
    let all: readonly Taken[] = [];
    for (const subscription of this.account.subscriptions.values()) {
      before.set(subscription.id, all);
      all = taken(subscription, meter, this.catalog).reduce(withTaken, all);
    }
    return before;
  }
}

/** What adjoins or overlaps through the same meter is one. */
const withTaken = (all: readonly Taken[], next: Taken): readonly Taken[] => {
  const touches = ({ meter, start, end }: Taken) =>
    meter === next.meter && !isBefore(next.end, start) && !isBefore(end, next.start);
  if (all.some((one) => touches(one) && !isBefore(next.start, one.start) && !isBefore(one.end, next.end))) return all;
  const joined = all
    .filter(touches)
    .reduce<Taken>(
      (one, { start, end }) => ({ ...one, start: earlier(one.start, start), end: later(one.end, end) }),
      next,
    );
  return [...all.filter((one) => !touches(one)), joined];
};

/** When, and through which meters of the same event name, a subscription takes readings. */
const taken = (
  { segments }: Subscription,
  { eventName }: Meter,
  catalog: Catalog,
): UsageDemand['takenByEarlier'][number][] =>
  segments.flatMap(({ from, to, status, plan, planVersion: version }) =>
    status === 'paused'
      ? []
      : planVersion(catalog, plan, version).charges.flatMap(({ meter: key }) => {
          const meter = key === undefined ? undefined : catalog.meters.get(key);
          return meter?.eventName === eventName ? [{ meter, start: from, end: to ?? END_OF_TIME }] : [];
        }),
  );

const END_OF_TIME = '9999-12-31T23:59:59Z' as UsageDemand['end'];

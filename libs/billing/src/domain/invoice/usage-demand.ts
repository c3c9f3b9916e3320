import { isBefore } from '#kernel';
import { pricedDimensions, pricesReadings, raterOf, tiersHeldUnits } from '#rating';
import type { Account } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import type { Meter } from '../catalog/meter.js';
import type { Subscription } from '../subscription/subscription.js';
import type { UsageDemand } from '../usage/measurement.js';
import type { DueService } from './due-services.js';

/** What has to be measured before the due services can be rated. */
export const usageDemands = (due: readonly DueService[], account: Account, catalog: Catalog): UsageDemand[] =>
  due
    .filter(({ charge }) => charge.kind === 'usage')
    .map((service) => {
      const { key, charge, subscription } = service;
      const { start, end } = service.service;
      const meter = catalog.meters.get(charge.meter!)!;
      const carried = meter.recurring === true ? carriedInto(service, meter) : undefined;
      const from = carried?.carriedFrom ?? start;
      const groupBy = pricedDimensions(charge.price);
      const takenByEarlier = [...account.subscriptions.values()]
        .filter(({ ordinal }) => ordinal < subscription.ordinal)
        .flatMap((other) => taken(other, meter, catalog))
        .filter((range) => isBefore(range.start, end) && isBefore(from, range.end));
      return {
        key,
        meter,
        subscriptionId: subscription.id,
        start,
        end,
        timeZone: service.service.timeZone,
        takenByEarlier,
        ...(service.gaps === undefined ? {} : { gaps: service.gaps }),
        ...carried,
        ...(groupBy.length === 0 ? {} : { groupBy }),
        ...(pricesReadings(charge.price) ? { values: true } : {}),
      };
    });

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

/** When, and through which meters of the same event name, another subscription takes readings. */
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

import { isBefore } from '#kernel';
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
    .map(({ key, charge, subscription, service: { start, end } }) => {
      const meter = catalog.meters.get(charge.meter!)!;
      const takenByEarlier = [...account.subscriptions.values()]
        .filter(({ ordinal }) => ordinal < subscription.ordinal)
        .flatMap((other) => taken(other, meter, catalog))
        .filter((range) => isBefore(range.start, end) && isBefore(start, range.end));
      return { key, meter, subscriptionId: subscription.id, start, end, takenByEarlier };
    });

/** When, and through which meters of the same event name, another subscription takes readings. */
const taken = (
  { segments }: Subscription,
  { eventName }: Meter,
  catalog: Catalog,
): UsageDemand['takenByEarlier'][number][] =>
  segments.flatMap(({ from, to, plan, planVersion: version }) =>
    planVersion(catalog, plan, version).charges.flatMap(({ meter: key }) => {
      const meter = key === undefined ? undefined : catalog.meters.get(key);
      return meter?.eventName === eventName ? [{ meter, start: from, end: to ?? END_OF_TIME }] : [];
    }),
  );

const END_OF_TIME = '9999-12-31T23:59:59Z' as UsageDemand['end'];

import type { Meter, Charge, PlanVersion } from '#contracts';
import type { Catalog } from '#billing/catalog';

export const aMeter = (meter: Partial<Meter> = {}): Meter => ({
  key: 'calls',
  name: 'Calls',
  eventName: 'call',
  aggregation: 'count',
  filters: [],
  groupBy: [],
  ...meter,
});

/** A fee of 30 in advance, a part of a period costing its share of days. */
export const aCharge = (charge: Partial<Charge> = {}): Charge => ({
  key: 'base',
  name: 'Base fee',
  kind: 'recurring',
  timing: 'in_advance',
  price: { model: 'flat', amount: '30' },
  proration: 'day',
  ...charge,
});

/** Ten cents a call, in arrears. */
export const aUsageCharge = (charge: Partial<Charge> = {}): Charge => ({
  key: 'calls',
  name: 'Calls',
  kind: 'usage',
  timing: 'in_arrears',
  meter: 'calls',
  price: { model: 'per_unit', unitAmount: '0.1' },
  proration: 'none',
  ...charge,
});

/** A monthly fee, unless its charges are named. */
export const aPlan = (plan: Partial<PlanVersion> = {}): PlanVersion => ({
  key: 'standard',
  version: 1,
  name: 'Standard',
  currency: 'USD',
  interval: { unit: 'month', count: 1 },
  charges: [aCharge()],
  contentHash: '0'.repeat(64),
  ...plan,
});

/** Plans (one version each, or all versions of one in order) and the meters that their charges read. */
export const aCatalog = ({
  plans = [aPlan()],
  meters = [aMeter()],
}: {
  readonly plans?: readonly PlanVersion[];
  readonly meters?: readonly Meter[];
} = {}): Catalog => ({
  meters: new Map(meters.map((meter) => [meter.key, { ...meter, archived: false }])),
  coupons: new Map(),
  plans: new Map(
    [...Map.groupBy(plans, ({ key }) => key)].map(([key, versions]) => [key, { versions, archived: false }]),
  ),
});

import type { Catalog } from '#billing/catalog';
import type { Charge, PlanVersion } from '#contracts';
import type { Interval } from '#kernel';

/** Fees of cases: each is a plan of its own. A fee of usage counts the meter `used`. */
export interface Fee extends Partial<Pick<Charge, 'kind' | 'timing' | 'proration' | 'price' | 'meter'>> {
  readonly interval: Interval;
}

/** Adds up what is used. */
export const USED = {
  key: 'used',
  name: 'Used',
  eventName: 'use',
  aggregation: 'sum',
  valueProperty: 'value',
  filters: [],
  groupBy: [],
  archived: false,
} as const;
/** The key of the plan of the nth fee. */
export const planOf = (nth: number): string => `plan-${nth}`;

const planVersion = ({ interval, ...parts }: Fee, index: number, currency: string): PlanVersion => ({
  key: planOf(index),
  version: 1,
  name: 'Plan',
  currency,
  interval,
  charges: [
    {
      key: 'fee',
      name: 'Fee',
      kind: 'recurring',
      timing: 'in_advance',
      proration: 'day',
      price: { model: 'flat', amount: '1' },
      ...parts,
    },
  ],
  contentHash: '',
});

export const catalogOf = (fees: readonly Fee[], currency: string): Catalog => ({
  meters: new Map([[USED.key, USED]]),
  coupons: new Map(),
  plans: new Map(
    fees.map((fee, index) => [planOf(index), { versions: [planVersion(fee, index, currency)], archived: false }]),
  ),
});

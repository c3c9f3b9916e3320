import { Decimal } from '#kernel';
import type { RatedUsage } from '#rating';
import type { Measured } from '../usage/measurement.js';

/** What was measured, as prices take it beside the quantity. */
export const ratedUsage = ({ count, groups, values, levels, mayBeNegative }: Measured): RatedUsage => ({
  events: count,
  ...(mayBeNegative === undefined ? {} : { mayBeNegative }),
  ...(groups === undefined
    ? {}
    : { groups: groups.map(({ group, quantity }) => ({ group, quantity: Decimal.parse(quantity) })) }),
  ...(values === undefined ? {} : { values: values.map((value) => Decimal.parse(value)) }),
  ...(levels === undefined ? {} : { levels }),
});

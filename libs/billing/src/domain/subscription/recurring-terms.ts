import { Decimal } from '#kernel';
import { rate } from '#rating';
import { chargeInterval, type PlanVersion } from '../catalog/plan.js';
import type { Quantities, RecurringTerm } from './subscription.events.js';

/** Units of a charge; a charge that is not named has one. */
export const chargeQuantity = (quantities: Quantities, charge: string): Decimal =>
  Decimal.parse(Object.hasOwn(quantities, charge) ? quantities[charge]! : '1');

/** What recurs, as monthly recurring revenue counts it: neither usage nor one-time charges. */
export const recurringTerms = (plan: PlanVersion, quantities: Quantities): RecurringTerm[] =>
  plan.charges
    .filter(({ kind }) => kind === 'recurring')
    .map((charge) => ({
      charge: charge.key,
      interval: chargeInterval(plan, charge),
      amount: rate(charge.price, chargeQuantity(quantities, charge.key)).amount.toString(),
    }));

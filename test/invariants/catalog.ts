import type { Catalog } from '#billing/catalog';
import type { Price } from '#rating';
import { aCatalog, aCharge, aMeter, aPlan, aUsageCharge } from '#testing';

const CALLS: Price = {
  model: 'graduated',
  tiers: [
    { upTo: '3', unitAmount: '0.105', flatAmount: '1' },
    { upTo: null, unitAmount: '0.0333' },
  ],
};
const TOKENS: Price = { model: 'package', amount: '0.35', size: '7', freeUnits: '2' };

/** Plans whose subscriptions meet in one account and listen to the same events. */
export const CATALOG: Catalog = aCatalog({
  meters: [
    aMeter(),
    aMeter({ key: 'tokens', name: 'Tokens', aggregation: 'sum', valueProperty: 'tokens' }),
    aMeter({ key: 'models', name: 'Models', aggregation: 'unique_count', valueProperty: 'model' }),
  ],
  plans: [
    aPlan({
      key: 'standard',
      charges: [
        aCharge(),
        aCharge({
          key: 'setup',
          name: 'Set-up',
          kind: 'one_time',
          timing: 'in_arrears',
          price: { model: 'flat', amount: '9.99' },
          proration: 'none',
        }),
        aUsageCharge({ price: CALLS }),
        aUsageCharge({ key: 'tokens', name: 'Tokens', meter: 'tokens', price: TOKENS, taxClass: 'reduced' }),
      ],
    }),
    // Another fee, and the same usage: a change between the two cuts the fee alone.
    aPlan({
      key: 'plus',
      charges: [
        aCharge({ price: { model: 'flat', amount: '49.99' } }),
        aUsageCharge({ price: CALLS }),
        aUsageCharge({ key: 'tokens', name: 'Tokens', meter: 'tokens', price: TOKENS, taxClass: 'reduced' }),
      ],
    }),
    aPlan({
      key: 'team',
      charges: [
        aCharge({ price: { model: 'flat', amount: '11.11' }, timing: 'in_arrears', proration: 'second' }),
        aCharge({ key: 'seat', name: 'Seat', taxClass: 'reduced', price: { model: 'per_unit', unitAmount: '7.77' } }),
        aCharge({ key: 'whole', name: 'Whole', price: { model: 'flat', amount: '3' }, proration: 'none' }),
        aUsageCharge({ price: { model: 'per_unit', unitAmount: '0.2' } }),
      ],
    }),
    aPlan({
      key: 'weekly',
      interval: { unit: 'week', count: 1 },
      charges: [
        aCharge({ key: 'seat', name: 'Seat', timing: 'in_arrears', price: { model: 'per_unit', unitAmount: '7.77' } }),
        aUsageCharge({
          price: {
            model: 'volume',
            tiers: [
              { upTo: '2', unitAmount: '0.5' },
              { upTo: null, unitAmount: '0.25' },
            ],
          },
        }),
        aUsageCharge({
          key: 'models',
          name: 'Models',
          meter: 'models',
          price: { model: 'per_unit', unitAmount: '1.005', rounding: 'half_even' },
        }),
      ],
    }),
  ],
});

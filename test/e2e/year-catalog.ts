import { METER, PLAN } from './samples.js';

/** Beside the meter of tokens that every catalog of these specs has. */
export const YEAR_METERS = [
  { ...METER, key: 'seats', name: 'Seats', eventName: 'seats', valueProperty: 'added', recurring: true },
  {
    ...METER,
    key: 'peaks',
    name: 'Peaks',
    eventName: 'load',
    aggregation: 'max',
    valueProperty: 'level',
    bucket: 'day',
  },
  {
    ...METER,
    key: 'talk',
    name: 'Talk',
    eventName: 'call',
    valueProperty: 'seconds',
    roundEach: { mode: 'up', step: '6', least: '30' },
  },
];

const charge = (key: string, fields: object) => ({ key, name: key, ...fields });
const fee = (amount: string) =>
  charge('fee', { kind: 'recurring', timing: 'in_advance', price: { model: 'flat', amount } });
const usage = (key: string, meter: string, price: object, fields: object = {}) =>
  charge(key, { kind: 'usage', timing: 'in_arrears', meter, price, ...fields });
const perToken = (unitAmount: string, fields: object = {}) =>
  usage('tokens', 'tokens', { model: 'per_unit', unitAmount }, fields);
const plan = (key: string, charges: readonly object[], fields: object = {}) => ({
  ...PLAN,
  key,
  name: key,
  charges,
  ...fields,
});

const FREE_THOUSAND = usage('tokens', 'tokens', {
  model: 'graduated',
  tiers: [
    { upTo: '1000', unitAmount: '0' },
    { upTo: null, unitAmount: '0.01' },
  ],
});
const atLeast = (unitAmount: string) => usage('tokens', 'tokens', { model: 'per_unit', unitAmount, minimum: '31.00' });

const MONTH = { unit: 'month', count: 1 };

export const YEAR_PLANS = [
  plan('solo', [fee('30.00'), perToken('0.01')]),
  plan('scale', [fee('90.00'), perToken('0.005')]),
  plan('yearly', [fee('1200.00'), perToken('0.01', { interval: MONTH })], { interval: { unit: 'year', count: 1 } }),
  plan('team', [
    charge('seats', { kind: 'recurring', timing: 'in_advance', price: { model: 'per_unit', unitAmount: '12.00' } }),
  ]),
  plan('guild', [
    charge('seats', { kind: 'recurring', timing: 'in_advance', price: { model: 'per_unit', unitAmount: '9.00' } }),
  ]),
  plan('bundle', [fee('31.00'), FREE_THOUSAND]),
  plan('bundle-plus', [fee('62.00'), FREE_THOUSAND]),
  plan('floor', [atLeast('0.01')]),
  plan('crew', [
    usage(
      'seats',
      'seats',
      {
        model: 'graduated',
        tiers: [
          { upTo: '5', unitAmount: '10' },
          { upTo: null, unitAmount: '8' },
        ],
      },
      { proration: 'day' },
    ),
  ]),
  plan('free', [fee('0.00')], { zeroInvoices: 'issue' }),
  plan('calls', [usage('talk', 'talk', { model: 'per_unit', unitAmount: '0.01' })]),
  plan('desks', [
    charge('seats', { kind: 'recurring', timing: 'in_arrears', price: { model: 'per_unit', unitAmount: '10.00' } }),
  ]),
  plan('pool', [
    usage(
      'tokens',
      'tokens',
      {
        model: 'graduated',
        tiers: [
          { upTo: '10000', unitAmount: '0' },
          { upTo: null, unitAmount: '0.01' },
        ],
      },
      { allowanceInterval: { unit: 'year', count: 1 } },
    ),
  ]),
  plan('load', [usage('peaks', 'peaks', { model: 'per_unit', unitAmount: '0.50' })]),
];

const { key: _, ...FLOOR } = plan('floor', [atLeast('0.02')]);
export const FLOOR_VERSION_2 = FLOOR;

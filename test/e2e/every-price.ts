import { METER, PLAN } from './samples.js';

const meter = (key: string, aggregation: string, fields: object = {}) => ({
  key,
  name: key,
  eventName: 'call',
  aggregation,
  ...fields,
});

/** One meter for each aggregation, one for maxima of days, and one that recurs. */
export const PRICED_METERS = [
  meter('call_tokens', 'sum', { valueProperty: 'tokens', groupBy: ['region'] }),
  meter('calls', 'count'),
  meter('peak', 'max', { valueProperty: 'gauge' }),
  meter('users', 'unique_count', { valueProperty: 'user' }),
  meter('value', 'sum', { valueProperty: 'value' }),
  meter('last_value', 'latest', { valueProperty: 'value' }),
  meter('capacity', 'weighted_sum', { valueProperty: 'gauge' }),
  meter('peaks', 'max', { valueProperty: 'gauge', bucket: 'day' }),
  { ...METER, key: 'seats', eventName: 'seats', valueProperty: 'added', recurring: true },
];

const charge = (key: string, meterKey: string, price: object, fields: object = {}) => ({
  key,
  name: key,
  kind: 'usage',
  timing: 'in_arrears',
  meter: meterKey,
  price,
  ...fields,
});

const SEAT_TIERS = [
  { upTo: '5', unitAmount: '10', flatAmount: '100' },
  { upTo: null, unitAmount: '5', flatAmount: '50' },
];

/** One charge for each price model, and for tiers of units that are held. */
export const PRICED_PLAN = {
  ...PLAN,
  key: 'every-price',
  charges: [
    PLAN.charges[0]!,
    charge('tokens', 'call_tokens', { model: 'per_unit', unitAmount: '0.01' }),
    charge('calls', 'calls', {
      model: 'graduated',
      tiers: [
        { upTo: '2', unitAmount: '1' },
        { upTo: null, unitAmount: '0.50' },
      ],
    }),
    charge('peak', 'peak', {
      model: 'volume',
      tiers: [
        { upTo: '20', unitAmount: '1' },
        { upTo: null, unitAmount: '0.50', flatAmount: '5' },
      ],
    }),
    charge('users', 'users', { model: 'package', amount: '3', size: '2' }),
    charge('payments', 'value', { model: 'percentage', rate: '2', fixedAmount: '0.30' }),
    charge('transactions', 'value', { model: 'percentage', rate: '10', eventMinimum: '2', eventMaximum: '6' }),
    charge('advances', 'last_value', {
      model: 'graduated_percentage',
      tiers: [
        { upTo: '5', rate: '1' },
        { upTo: null, rate: '2' },
      ],
    }),
    charge('capacity', 'capacity', {
      model: 'committed',
      committedUnits: '30',
      amount: '10',
      overage: { model: 'per_unit', unitAmount: '1' },
    }),
    charge('regions', 'call_tokens', {
      model: 'matrix',
      dimensions: ['region'],
      cells: [
        { match: { region: 'eu' }, unitAmount: '0.02' },
        { match: {}, unitAmount: '0.01' },
      ],
    }),
    charge('thousands', 'call_tokens', {
      model: 'per_unit',
      unitAmount: '1',
      conversion: { divideBy: '1000', rounding: { mode: 'up', digits: 0 } },
    }),
    charge('peaks', 'peaks', { model: 'per_unit', unitAmount: '0.10' }),
    charge('seats', 'seats', { model: 'per_unit', unitAmount: '3.10' }, { proration: 'day' }),
    charge('seat_tiers', 'seats', { model: 'graduated', tiers: SEAT_TIERS }, { proration: 'second' }),
    charge('seat_volume', 'seats', { model: 'volume', tiers: SEAT_TIERS }, { proration: 'fixed30' }),
  ],
};

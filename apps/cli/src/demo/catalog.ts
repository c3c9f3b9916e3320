import type { Resource } from '#client';

export type PlanKey = 'starter' | 'team' | 'scale' | 'team-yearly' | 'team-eur';

export const METERS: readonly Resource<'DefineMeterDto'>[] = [
  { key: 'api_calls', name: 'API calls', eventName: 'api.calls', aggregation: 'sum', valueProperty: 'calls' },
  { key: 'storage', name: 'Storage', eventName: 'storage.measured', aggregation: 'max', valueProperty: 'gigabytes' },
];

const MONTH = { unit: 'month', count: 1 } as const;

const fee = (amount: string): Resource<'ChargeDto'> => ({
  key: 'fee',
  name: 'Platform fee',
  kind: 'recurring',
  timing: 'in_advance',
  price: { model: 'flat', amount },
});
const seats = (unitAmount: string): Resource<'ChargeDto'> => ({
  key: 'seats',
  name: 'Seats',
  kind: 'recurring',
  timing: 'in_advance',
  price: { model: 'per_unit', unitAmount },
});
const calls = (tiers: readonly (readonly [upTo: string | null, unitAmount: string])[]): Resource<'ChargeDto'> => ({
  key: 'calls',
  name: 'API calls',
  kind: 'usage',
  timing: 'in_arrears',
  meter: 'api_calls',
  price: { model: 'graduated', tiers: tiers.map(([upTo, unitAmount]) => ({ upTo, unitAmount })) },
});
const storage: Resource<'ChargeDto'> = {
  key: 'storage',
  name: 'Storage',
  kind: 'usage',
  timing: 'in_arrears',
  meter: 'storage',
  price: { model: 'package', amount: '8.00', size: '100', freeUnits: '500' },
};

const TEAM_TIERS = [
  ['50000', '0'],
  ['500000', '0.0012'],
  [null, '0.0008'],
] as const;

const plan = (
  key: PlanKey,
  name: string,
  charges: readonly Resource<'ChargeDto'>[],
  { currency = 'USD', interval = MONTH }: { currency?: string; interval?: Resource<'IntervalDto'> } = {},
): Resource<'PublishPlanDto'> => ({ key, name, currency, interval, charges: [...charges] });

export const PLANS: readonly Resource<'PublishPlanDto'>[] = [
  plan('starter', 'Starter', [
    fee('29.00'),
    calls([
      ['10000', '0'],
      [null, '0.002'],
    ]),
  ]),
  plan('team', 'Team', [seats('15.00'), calls(TEAM_TIERS)]),
  plan('scale', 'Scale', [
    fee('499.00'),
    seats('12.00'),
    calls([
      ['1000000', '0.0006'],
      [null, '0.0004'],
    ]),
    storage,
  ]),
  plan('team-yearly', 'Team, by the year', [seats('150.00'), { ...calls(TEAM_TIERS), interval: MONTH }], {
    interval: { unit: 'year', count: 1 },
  }),
  plan('team-eur', 'Team in Europe', [seats('14.00'), calls(TEAM_TIERS)], { currency: 'EUR' }),
];

/** Dearer seats and a third tier that begins sooner, for whoever comes later; who is there stays on the first version, or is moved. */
export const TEAM_VERSION_2: Resource<'PlanVersionDto'> = {
  name: 'Team',
  currency: 'USD',
  interval: MONTH,
  charges: [
    seats('17.00'),
    calls([
      ['50000', '0'],
      ['300000', '0.0012'],
      [null, '0.0007'],
    ]),
  ],
};

export const HAS_SEATS: ReadonlySet<PlanKey> = new Set(['team', 'scale', 'team-yearly', 'team-eur']);

/** What a customer of a plan calls on a day, about. */
export const DAILY_CALLS: Readonly<Record<PlanKey, number>> = {
  starter: 450,
  team: 6_000,
  scale: 60_000,
  'team-yearly': 7_000,
  'team-eur': 5_000,
};

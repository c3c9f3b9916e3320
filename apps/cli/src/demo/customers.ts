import type { PlanKey } from './catalog.js';
import type { Chance } from './chance.js';

/** How a customer pays: soon, when it is due, long after that, in two parts, or from some month on not at all. */
export type Habit = 'soon' | 'when_due' | 'late' | 'in_parts' | 'stops';

export interface Customer {
  /** Its external id. */
  readonly key: string;
  readonly name: string;
  readonly currency: 'USD' | 'EUR';
  /** The month in which it begins. */
  readonly joins: number;
  readonly plan: PlanKey;
  readonly seats: number;
  readonly trial: boolean;
  readonly habit: Habit;
  readonly netTermsDays: number;
  /** Some of its readings arrive after the month that they are of. */
  readonly late: boolean;
  readonly part: Part;
}

/** What has to happen to somebody, whatever the seed. */
export type Part = 'wrong_invoice' | 'pays_too_much' | 'debit_returned' | 'wrong_reading' | 'never_leaves' | null;

const FIRST_NAMES =
  'Amber Birch Cobalt Dune Ember Fjord Granite Harbor Indigo Juniper Kestrel Linden Maple Nimbus Orchid Pebble Quartz Raven Saffron Tundra'.split(
    ' ',
  );
const LAST_NAMES = 'Labs Foods Logistics Studio Robotics Health Media Energy'.split(' ');

const FIRST_CUSTOMERS = 12;
const JOIN_A_MONTH = [2, 2, 3, 3, 4] as const;

/** The first ones are there from the beginning; in each month some more come. */
export const customersOf = (months: number, chance: Chance): readonly Customer[] => {
  const joins: number[] = Array.from({ length: FIRST_CUSTOMERS }, () => 0);
  for (let month = 1; month < months; month++)
    joins.push(...Array.from({ length: chance.pick(JOIN_A_MONTH, 'join', month) }, () => month));
  return joins.map((month, index) => CAST[index]?.(customer(index, month, chance)) ?? customer(index, month, chance));
};

const customer = (index: number, joins: number, chance: Chance): Customer => {
  const name = nameOf(index, chance);
  const plan = chance.pick<PlanKey>(
    ['starter', 'starter', 'starter', 'team', 'team', 'team', 'team-eur', 'scale', 'team-yearly'],
    'plan',
    index,
  );
  return {
    key: name.toLowerCase().replace(' ', '-'),
    name,
    currency: plan === 'team-eur' ? 'EUR' : 'USD',
    joins,
    plan,
    seats: chance.whole(2, 9, 'seats', index),
    trial: joins > 0 && plan !== 'scale' && chance.happens(0.5, 'trial', index),
    habit: chance.pick(
      ['soon', 'soon', 'soon', 'soon', 'soon', 'when_due', 'when_due', 'late', 'in_parts'],
      'habit',
      index,
    ),
    netTermsDays: 30,
    late: chance.happens(0.15, 'late', index),
    part: null,
  };
};

/** The first customers are the cast: what a newcomer should see happens to one of them. */
const CAST: readonly ((drawn: Customer) => Customer)[] = [
  // Fourteen days: what it leaves unpaid stands in every bucket of the aging, whatever the length of the months.
  (drawn) => ({
    ...drawn,
    plan: 'team',
    currency: 'USD',
    seats: 8,
    habit: 'stops',
    netTermsDays: 14,
    part: 'never_leaves',
  }),
  (drawn) => ({ ...drawn, plan: 'team', currency: 'USD', habit: 'soon', late: true, part: 'wrong_reading' }),
  (drawn) => ({ ...drawn, plan: 'starter', currency: 'USD', habit: 'when_due', part: 'wrong_invoice' }),
  (drawn) => ({ ...drawn, plan: 'team-eur', currency: 'EUR', habit: 'soon', part: 'pays_too_much' }),
  (drawn) => ({ ...drawn, plan: 'team', currency: 'USD', habit: 'soon', part: 'debit_returned' }),
  (drawn) => ({ ...drawn, plan: 'scale', currency: 'USD', seats: 25, habit: 'when_due', part: 'never_leaves' }),
  (drawn) => ({ ...drawn, plan: 'team-yearly', currency: 'USD', habit: 'soon', part: 'never_leaves' }),
];

const nameOf = (index: number, chance: Chance): string => {
  const round = Math.floor(index / FIRST_NAMES.length);
  const first = FIRST_NAMES[index % FIRST_NAMES.length]!;
  const last = chance.whole(0, LAST_NAMES.length - 1, 'name', first) + round;
  return `${first} ${LAST_NAMES[last % LAST_NAMES.length]!}`;
};

import { accountDecider, type AccountCommand } from '#billing/account';
import { DomainError } from '#kernel';
import {
  aCatalog,
  aCharge,
  anAccount,
  aPlan,
  at,
  changePlan,
  createSubscription,
  givenFor,
  SUBSCRIPTION,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

const INTERVALS = {
  a: { unit: 'month', count: 1 },
  b: { unit: 'month', count: 1 },
  week: { unit: 'week', count: 1 },
} as const;
type Plan = keyof typeof INTERVALS;
const PLANS = Object.keys(INTERVALS) as Plan[];

const seats = aCharge({ key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount: '10' } });
const catalog = aCatalog({
  plans: PLANS.map((key) =>
    aPlan({ key, interval: INTERVALS[key], charges: [seats, aCharge({ key: 'desks', name: 'Desks' })] }),
  ),
});

interface Wish {
  readonly day: number;
  readonly plan?: Plan;
  readonly seats?: string;
  readonly desks?: string;
}

const START = '2026-01-01';
const instantOf = (day: number) =>
  at(`2026-0${1 + Math.floor(day / 28)}-${String(1 + (day % 28)).padStart(2, '0')}T00:00:00Z`);
const units = fc.integer({ min: 2, max: 9 }).map(String);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const wish = fc
  .record({
    day: fc.integer({ min: 1, max: 150 }),
    plan: optional(fc.constantFrom(...PLANS)),
    seats: optional(units),
    desks: optional(units),
  })
  .filter(
    ({ plan, seats: some, desks }) => plan !== undefined || some !== undefined || desks !== undefined,
  ) as fc.Arbitrary<Wish>;

const commandOf = ({ day, plan, seats: some, desks }: Wish): AccountCommand =>
  changePlan({
    catalog,
    changeId: `change-${day}`,
    now: instantOf(70),
    at: instantOf(day),
    ...(plan === undefined ? {} : { plan }),
    quantities: { ...(some === undefined ? {} : { seats: some }), ...(desks === undefined ? {} : { desks }) },
  });

/** The timeline after requests in some order, without those that change nothing by then. */
const timelineAfter = (wishes: readonly Wish[]) => {
  let account = givenFor(accountDecider)(anAccount()).after(
    createSubscription({ catalog, plan: 'a', now: at(`${START}T00:00:00Z`) }),
  );
  const made: Wish[] = [];
  for (const one of wishes) {
    try {
      account = account.after(commandOf(one));
      made.push(one);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'nothing_changes') throw error;
    }
  }
  return { made, segments: account.state.subscriptions.get(SUBSCRIPTION)!.segments };
};

/** The last one that names it, of those that count by then. */
const named = <Field extends 'plan' | 'seats' | 'desks'>(
  field: Field,
  wishes: readonly Wish[],
  day: number,
  first: Wish[Field],
) =>
  wishes
    .filter((one) => one.day <= day && one[field] !== undefined)
    .sort((left, right) => left.day - right.day)
    .at(-1)?.[field] ?? first;

const termsOn = (segments: ReturnType<typeof timelineAfter>['segments'], day: number) => {
  const { plan, quantities, cycleFrom } = segments.findLast(({ from }) => from <= instantOf(day))!;
  return { plan, seats: quantities['seats'] ?? '1', desks: quantities['desks'] ?? '1', cycleFrom };
};

const cases = fc.uniqueArray(wish, { minLength: 1, maxLength: 7, selector: ({ day }) => day });
const runs = {
  numRuns: Number(process.env['INVARIANT_RUNS'] ?? 150),
  seed: Number(process.env['INVARIANT_SEED'] ?? 20_261_129),
};

describe('changes in any order of request', () => {
  it('say on each day what was said last of each thing by then', () => {
    fc.assert(
      fc.property(cases, (wishes) => {
        const { made, segments } = timelineAfter(wishes);
        for (let day = 0; day <= 160; day += 1) {
          const { cycleFrom: _, ...terms } = termsOn(segments, day);
          expect(terms).toEqual({
            plan: named('plan', made, day, 'a'),
            seats: named('seats', made, day, '1'),
            desks: named('desks', made, day, '1'),
          });
        }
      }),
      runs,
    );
  });

  it('make the same timeline, with the same periods', () => {
    const shuffled = cases.chain((wishes) =>
      fc.tuple(fc.constant(wishes), fc.shuffledSubarray(wishes, { minLength: wishes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([wishes, others]) => {
        const { made, segments } = timelineAfter(wishes);
        const again = timelineAfter(others.filter((one) => made.includes(one)));
        fc.pre(again.made.length === made.length);
        expect(again.segments).toEqual(segments);
      }),
      runs,
    );
  });
});

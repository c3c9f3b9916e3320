import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  changePlan,
  createSubscription,
  givenFor,
  like,
  linesIn,
  readings,
  SUBSCRIPTION,
  withdrawChange,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const fee = (amount: string) => aCharge({ price: { model: 'flat', amount } });
const catalog = aCatalog({
  plans: [
    aPlan({ charges: [fee('31'), aUsageCharge()] }),
    aPlan({ key: 'pro', charges: [fee('62')] }),
    aPlan({ key: 'bare', charges: [aUsageCharge()] }),
  ],
});
const MIDDLE = at('2026-01-16T00:00:00Z');
const FEBRUARY = at('2026-02-01T00:00:00Z');
const TENTH_OFF = { base: { discountBasisPoints: 1_000 } };

type Parts = NonNullable<Parameters<typeof changePlan>[0]>;
const agree = (overrides: Parts['overrides'], parts: Parts = {}) =>
  changePlan({ catalog, now: MIDDLE, ...(overrides === undefined ? {} : { overrides }), ...parts });
const subscribe = (parts: Parameters<typeof createSubscription>[0] = {}) => createSubscription({ catalog, ...parts });
let invoices = 1;
const bill = (parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, invoiceId: anId('inv', ++invoices), ...parts });
const billed = given(anAccount()).after(subscribe(), bill());

const nextLines = (from: AccountGiven, billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill({ billThrough: at(billThrough), ...parts })).facts).map(
    ({ charge, kind, service, quantity, amount }) =>
      `${charge} ${kind} ${service.localStart.slice(5)} ${service.localEnd.slice(5)} ${quantity} ${amount.minor}`,
  );
const agreedIn = ({ state }: AccountGiven) =>
  state.subscriptions
    .get(SUBSCRIPTION)!
    .segments.map(({ from, plan, overrides }) => [from.slice(5, 10), plan, overrides]);

describe('a discount that is agreed while a subscription runs', () => {
  const agreed = billed.after(agree(TENTH_OFF));

  it('is of the rest of the period, and of every one after it', () => {
    // 16 of 31 days are left, 1.00 each: 16.00 come back, 14.40 are charged.
    expect(nextLines(agreed, MIDDLE)).toEqual([
      'base recurring 01-16 02-01 1 1440',
      'base correction 01-01 01-16 0 -1600',
    ]);
    const settled = agreed.after(bill({ billThrough: MIDDLE }));
    settled.when(bill({ billThrough: MIDDLE })).thenNothing();
    expect(nextLines(settled, FEBRUARY)[0]).toBe('base recurring 02-01 03-01 1 2790');
  });

  it('is told with what it names, and moves recurring revenue', () => {
    billed.when(agree(TENTH_OFF)).then(
      like('SubscriptionQuantityChanged', {
        from: { overrides: {} },
        to: { overrides: TENTH_OFF },
        sets: { overrides: TENTH_OFF },
        movements: [{ at: MIDDLE, begun: [{ amount: '27.9' }], ceased: [{ amount: '31' }] }],
      }),
    );
    expect(agreedIn(agreed)).toEqual([
      ['01-01', 'standard', {}],
      ['01-16', 'standard', TENTH_OFF],
    ]);
  });

  it('begins with the next period, if it is asked to', () => {
    const later = billed.after(agree(TENTH_OFF, { at: 'period_end' }));
    later.when(bill({ billThrough: MIDDLE })).thenNothing();
    expect(nextLines(later, FEBRUARY)[0]).toBe('base recurring 02-01 03-01 1 2790');
  });

  it('is taken back by null, and by what says nothing', () => {
    for (const base of [null, {}]) {
      const over = agreed.after(
        bill({ billThrough: MIDDLE }),
        agree({ base }, { changeId: 'over', now: at('2026-01-17T00:00:00Z') }),
      );
      expect(agreedIn(over).at(-1)).toEqual(['01-17', 'standard', {}]);
      expect(nextLines(over, FEBRUARY)).toContain('base recurring 02-01 03-01 1 3100');
    }
  });

  it('begins and ends within a period, of which it has its days', () => {
    const over = billed.after(
      agree({ base: { discountBasisPoints: 2_000 } }, { changeId: 'from', at: at('2026-01-11T00:00:00Z') }),
      agree({ base: null }, { changeId: 'to', at: at('2026-01-21T00:00:00Z') }),
    );
    // 10 days at 1.00, 10 days at 0.80, 11 days at 1.00.
    expect(nextLines(over, '2026-01-21T00:00:00Z')).toEqual([
      'base recurring 01-11 01-21 1 800',
      'base recurring 01-21 02-01 1 1100',
      'base correction 01-01 01-11 0 -2100',
    ]);
    const settled = over.after(bill({ billThrough: at('2026-01-21T00:00:00Z') }));
    expect(nextLines(settled, FEBRUARY)[0]).toBe('base recurring 02-01 03-01 1 3100');
  });

  it('leaves other charges whole', () => {
    const calls = { calls: { minimum: '31' } };
    const both = given(anAccount()).after(subscribe({ overrides: calls }), bill(), agree(TENTH_OFF));
    expect(nextLines(both, FEBRUARY, { known: readings(10, { at: MIDDLE }) })).toContain(
      'calls usage 01-01 02-01 10 3100',
    );
  });

  it.each([
    { base: { price: { model: 'flat', amount: '31.00' } } },
    { base: { discountBasisPoints: 0 } },
    { calls: { tiers: [], discountBasisPoints: 0 } },
  ] as const)('leaves a charge whole of which it says what counts anyway: %j', (overrides) => {
    const same = billed.after(agree({ ...overrides }));
    same.when(bill({ billThrough: MIDDLE })).thenNothing();
    expect(nextLines(same, FEBRUARY, { known: readings(10, { at: MIDDLE }) })).toContain(
      'calls usage 01-01 02-01 10 100',
    );
  });

  it('leaves alone what was agreed of other charges', () => {
    const calls = { calls: { minimum: '5' } };
    const both = given(anAccount()).after(subscribe({ overrides: calls }), agree(TENTH_OFF));
    expect(agreedIn(both).at(-1)![2]).toEqual({ ...calls, ...TENTH_OFF });
  });

  it('is agreed of another plan together with it', () => {
    const pro = billed.after(agree(TENTH_OFF, { plan: 'pro' }));
    expect(agreedIn(pro).at(-1)).toEqual(['01-16', 'pro', TENTH_OFF]);
    expect(nextLines(pro, MIDDLE)[0]).toBe('base recurring 01-16 02-01 1 2880');
  });

  it('composes with what is scheduled, and goes when it is withdrawn', () => {
    const scheduled = billed.after(
      agree(undefined, { changeId: 'units', quantities: { base: '2' }, at: 'period_end' }),
    );
    const both = scheduled.after(agree(TENTH_OFF));
    expect(agreedIn(both)).toEqual([
      ['01-01', 'standard', {}],
      ['01-16', 'standard', TENTH_OFF],
      ['02-01', 'standard', TENTH_OFF],
    ]);
    const later = billed.after(agree(TENTH_OFF, { at: 'period_end' }), withdrawChange({ catalog, now: MIDDLE }));
    expect(agreedIn(later)).toEqual([['01-01', 'standard', {}]]);
  });

  it('refuses a plan in between that has not what it is agreed of', () => {
    const later = billed.after(agree(TENTH_OFF, { at: 'period_end' }));
    later.when(agree(undefined, { changeId: 'bare', plan: 'bare' })).thenRefused('later_change_exists');
  });
});

describe('another price of usage from a day on', () => {
  it('shares the period by days, as two terms', () => {
    const price = { model: 'per_unit', unitAmount: '0.20' } as const;
    const agreed = billed.after(agree({ calls: { price, minimum: '31' } }));
    const known = [...readings(10, { at: at('2026-01-15T23:59:59Z') }), ...readings(3, { revision: 1, at: MIDDLE })];
    // 10 × 0.10 before; 3 × 0.20 after it, but no less than 16 of 31 days of 31.00.
    expect(nextLines(agreed, FEBRUARY, { known }).filter((line) => line.startsWith('calls'))).toEqual([
      'calls usage 01-01 01-16 10 100',
      'calls usage 01-16 02-01 3 1600',
    ]);
  });
});

describe('agreed prices that cannot be', () => {
  it.each([
    [{ seats: null }, 'charge_not_found', '/overrides/seats'],
    [{ 'a/b': {} }, 'charge_not_found', '/overrides/a~1b'],
    [{ seats: { discountBasisPoints: 5 } }, 'charge_not_found', '/overrides/seats'],
    [{ base: { tiers: [{ tier: 1 }] } }, 'tier_not_found', '/overrides/base/tiers/0/tier'],
    [{ base: { discountBasisPoints: 10_001 } }, 'invalid_basis_points', '/overrides/base/discountBasisPoints'],
  ] as const)('are refused: %j', (overrides, code, pointer) => {
    billed.when(agree(overrides)).thenRefused(code, pointer);
  });

  it.each([[{}], [{ base: null }], [{ base: {} }]] as const)('change nothing: %j', (overrides) => {
    billed.when(agree(overrides)).thenRefused('nothing_changes');
  });

  it('are not agreed twice', () => {
    const agreed = billed.after(agree(TENTH_OFF));
    agreed.when(agree(TENTH_OFF, { changeId: 'again' })).thenRefused('nothing_changes');
  });
});

import type { Charge, InvoiceLine } from '#contracts';
import {
  aCatalog,
  aCharge,
  aMeter,
  anAccount,
  anId,
  aPlan,
  aPolicy,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  gatheredUsage,
  givenFor,
  linesIn,
  pauseSubscription,
  readings,
  resumeSubscription,
  type AccountGiven,
} from '#testing';
import type { Instant } from '#kernel';
import type { Price } from '#rating';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountDecider } from '../account/account.decider.js';
import type { CountedReading } from '../usage/metering.js';

const given = givenFor(accountDecider);
const day = (text: string): Instant => at(text.includes('T') ? `2026-${text}:00Z` : `2026-${text}T00:00:00Z`);

/** Versions 1 and 2 of a plan differ in the fee alone; plan `other` also in what usage costs. */
const catalogOf = (price: Price, other: Price = price, parts: Partial<Charge> = {}) => {
  const fee = (amount: string) => aCharge({ price: { model: 'flat', amount } });
  const calls = (own: Price) => aUsageCharge({ price: own, proration: 'day', ...parts });
  return aCatalog({
    meters: [aMeter()],
    plans: [
      aPlan({ charges: [fee('31'), calls(price)] }),
      aPlan({ version: 2, charges: [fee('62'), calls({ ...price })] }),
      aPlan({ key: 'other', charges: [fee('10'), calls(other)] }),
    ],
  });
};

const graduated = (free: string, unitAmount: string): Price => ({
  model: 'graduated',
  tiers: [
    { upTo: free, unitAmount: '0' },
    { upTo: null, unitAmount },
  ],
});

const begun = (catalog: ReturnType<typeof catalogOf>) =>
  given(anAccount()).after(createSubscription({ catalog, planVersion: 1, startAt: day('01-01'), now: day('01-01') }));

let invoices = 0;
const bills = (
  account: AccountGiven,
  catalog: ReturnType<typeof catalogOf>,
  through: Instant,
  known: readonly CountedReading[],
) => {
  const facts = {
    ...gatheredUsage(account.state, known, { catalog, billThrough: through }),
    catalog,
    billThrough: through,
  };
  return account.when(billAccount({ ...facts, invoiceId: anId('inv', (invoices += 1)), now: through }));
};

/** What is billed of usage up to an instant. */
const usageBilled = (
  account: AccountGiven,
  catalog: ReturnType<typeof catalogOf>,
  known: readonly CountedReading[],
  through = day('02-01'),
) => linesIn(bills(account, catalog, through, known).facts).filter(({ charge }) => charge === 'calls');

const total = (lines: readonly InvoiceLine[]) => lines.reduce((sum, { amount }) => sum + amount.minor, 0n);

const used = (count: number, when: string) => readings(count, { at: day(when), revision: 0 });
const eighty = [...used(80, '01-10'), ...readings(80, { at: day('01-18'), revision: 1 })];

describe('what is sold by the period', () => {
  const toVersion2 = (catalog: ReturnType<typeof catalogOf>) =>
    begun(catalog).after(changePlan({ catalog, planVersion: 2, at: day('01-16'), now: day('01-16') }));
  const toOther = (catalog: ReturnType<typeof catalogOf>) =>
    begun(catalog).after(changePlan({ catalog, plan: 'other', at: day('01-16'), now: day('01-16') }));

  it.each<[string, Price, readonly CountedReading[], bigint]>([
    ['100 free units', graduated('100', '1'), eighty, 60_00n],
    ['a minimum', { model: 'per_unit', unitAmount: '1', minimum: '31' }, [], 31_00n],
    ['a maximum', { model: 'per_unit', unitAmount: '1', maximum: '20' }, eighty, 20_00n],
    [
      'a commitment',
      { model: 'committed', committedUnits: '1000', amount: '100', overage: { model: 'per_unit', unitAmount: '1' } },
      eighty,
      100_00n,
    ],
    ['a begun package', { model: 'package', amount: '5', size: '1000' }, eighty, 5_00n],
    [
      'the flat amount of a tier',
      { model: 'graduated', tiers: [{ upTo: null, unitAmount: '0', flatAmount: '7' }] },
      eighty,
      7_00n,
    ],
  ])('is sold once, though the version changes: %s', (_, price, known, amount) => {
    const catalog = catalogOf(price);
    expect(total(usageBilled(toVersion2(catalog), catalog, known))).toBe(amount);
  });

  it('is shared by the days of either side where the charge differs', () => {
    const catalog = catalogOf(
      { model: 'per_unit', unitAmount: '1', minimum: '31' },
      { model: 'per_unit', unitAmount: '0.5', minimum: '31' },
    );
    const lines = usageBilled(toOther(catalog), catalog, []);
    expect(
      lines.map(({ service, amount, proration }) => [service.localStart, amount.minor, proration?.numerator]),
    ).toEqual([
      ['2026-01-01', 15_00n, 15],
      ['2026-01-16', 16_00n, 16],
    ]);
  });

  it('gives each side its share of the free units', () => {
    // 80 − 100 × 15/31 at 1.00, and 80 − 100 × 16/31 at 2.00: 31.61 and 56.77.
    const catalog = catalogOf(graduated('100', '1'), graduated('100', '2'));
    expect(usageBilled(toOther(catalog), catalog, eighty).map(({ amount }) => amount.minor)).toEqual([31_61n, 56_78n]);
  });

  it('is shared to more digits than a price may have', () => {
    const catalog = catalogOf(graduated('100', '0.0152'), graduated('100', '0.0251'));
    expect(usageBilled(toOther(catalog), catalog, eighty).map(({ amount }) => amount.minor)).toEqual([48n, 71n]);
  });

  it('is not shared where a price says nothing of a period', () => {
    const catalog = catalogOf({ model: 'per_unit', unitAmount: '1' }, { model: 'per_unit', unitAmount: '2' });
    expect(
      usageBilled(toOther(catalog), catalog, eighty).map(({ amount, proration }) => [amount.minor, proration]),
    ).toEqual([
      [80_00n, undefined],
      [160_00n, undefined],
    ]);
  });

  it('is one service around what lies between: a plan for some days, and back', () => {
    const catalog = catalogOf(graduated('100', '1'), graduated('100', '2'));
    const back = toOther(catalog).after(
      changePlan({ catalog, changeId: 'back', plan: 'standard', planVersion: 1, at: day('01-17'), now: day('01-17') }),
    );
    const lines = usageBilled(back, catalog, eighty);
    expect(
      lines.map(({ service, gaps, part }) => [service.localStart, service.localEnd, gaps?.length, part?.numerator]),
    ).toEqual([
      ['2026-01-16', '2026-01-17', undefined, 1],
      ['2026-01-01', '2026-02-01', 1, 30],
    ]);
    // 160 − 100 × 30/31 at 1.00.
    expect(total(lines)).toBe(63_23n);
  });

  it('comes to nothing for a moment of a day, and is whole for the rest', () => {
    const minimum: Price = { model: 'per_unit', unitAmount: '1', minimum: '31' };
    const catalog = catalogOf(minimum, { ...minimum, unitAmount: '2' });
    const back = begun(catalog).after(
      changePlan({ catalog, plan: 'other', at: day('01-16T09:00'), now: day('01-16T09:00') }),
      changePlan({
        catalog,
        changeId: 'back',
        plan: 'standard',
        planVersion: 1,
        at: day('01-16T18:00'),
        now: day('01-16T18:00'),
      }),
    );
    expect(total(usageBilled(back, catalog, []))).toBe(31_00n);
  });

  it.each<[string, Price, readonly CountedReading[], bigint]>([
    ['a minimum', { model: 'per_unit', unitAmount: '1', minimum: '31' }, [], 31_00n],
    ['100 free units', graduated('100', '1'), eighty, 60_00n],
  ])('is sold once, though a pause lies in it: %s', (_, price, known, amount) => {
    const catalog = catalogOf(price);
    const paused = begun(catalog).after(
      pauseSubscription({ catalog, at: day('01-16'), now: day('01-16') }),
      resumeSubscription({ catalog, changeId: 'resume', at: day('01-17'), now: day('01-17') }),
    );
    expect(total(usageBilled(paused, catalog, known))).toBe(amount);
  });

  it('counts nothing that was used in the pause', () => {
    const catalog = catalogOf(graduated('100', '1'));
    const paused = begun(catalog).after(
      pauseSubscription({ catalog, at: day('01-16'), now: day('01-16') }),
      resumeSubscription({ catalog, changeId: 'resume', at: day('01-19'), now: day('01-19') }),
    );
    const [line] = usageBilled(paused, catalog, eighty);
    expect(line).toMatchObject({ quantity: '80', gaps: [{ start: day('01-16'), end: day('01-19') }] });
  });

  it('is billed on, by the difference, when a pause without an end has one after all', () => {
    const catalog = catalogOf(graduated('100', '1'));
    const paused = begun(catalog).after(pauseSubscription({ catalog, at: day('01-16'), now: day('01-16') }));
    const first = bills(paused, catalog, day('01-16'), used(80, '01-10'));
    expect(total(linesIn(first.facts).filter(({ charge }) => charge === 'calls'))).toBe(0n);
    const resumed = paused.after(
      billAccount({
        ...gatheredUsage(paused.state, used(80, '01-10'), { catalog, billThrough: day('01-16') }),
        catalog,
        billThrough: day('01-16'),
        invoiceId: anId('inv', 900),
        now: day('01-16'),
      }),
      resumeSubscription({ catalog, changeId: 'resume', at: day('01-17'), now: day('01-17') }),
    );
    expect(total(usageBilled(resumed, catalog, eighty))).toBe(60_00n);
  });
});

describe('cents', () => {
  const seats = aCharge({
    key: 'seats',
    name: 'Seats',
    timing: 'in_arrears',
    price: { model: 'per_unit', unitAmount: '10' },
  });
  const catalog = aCatalog({ plans: [aPlan({ charges: [seats] })] });
  const july = (text: string) => at(`2026-07-${text}:00Z`);
  const five = given(anAccount()).after(
    createSubscription({ catalog, quantities: { seats: '5' }, startAt: july('01T00:00'), now: july('01T00:00') }),
  );
  const to = (count: number, when: Instant) =>
    changePlan({ catalog, changeId: `${when} ${count}`, quantities: { seats: String(count) }, at: when, now: when });
  const bill = (account: AccountGiven) =>
    linesIn(
      account.when(
        billAccount({
          catalog,
          billThrough: at('2026-08-01T00:00:00Z'),
          invoiceId: anId('inv', 901),
          now: at('2026-08-01T00:00:00Z'),
        }),
      ).facts,
    );

  it('do not drift: a sixth seat on each day from nine to six is never there when the day is over', () => {
    const days = Array.from({ length: 30 }, (_, index) => String(index + 2).padStart(2, '0'));
    const changed = five.after(...days.flatMap((one) => [to(6, july(`${one}T09:00`)), to(5, july(`${one}T18:00`))]));
    expect(bill(changed).map(({ amount, service }) => [amount.minor, service.localStart, service.localEnd])).toEqual([
      [50_00n, '2026-07-01', '2026-08-01'],
    ]);
  });

  it('do not drift, however many parts a month has', () => {
    // One seat more each day: Σ (5 + n) × 10 / 31 for n from 0 to 30 is exactly 200.00.
    const days = Array.from({ length: 30 }, (_, index) => index + 2);
    const changed = five.after(...days.map((one) => to(4 + one, july(`${String(one).padStart(2, '0')}T00:00`))));
    const lines = bill(changed);
    expect([lines.length, total(lines)]).toEqual([31, 200_00n]);
  });
});

describe('for any cuts of a period', () => {
  const prices: readonly Price[] = [
    graduated('100', '0.015'),
    { model: 'per_unit', unitAmount: '0.005', minimum: '0.125' },
    { model: 'package', amount: '0.35', size: '7', freeUnits: '2' },
    {
      model: 'volume',
      tiers: [
        { upTo: '20', unitAmount: '0.105' },
        { upTo: null, unitAmount: '0.0333', flatAmount: '1' },
      ],
    },
    { model: 'committed', committedUnits: '50', amount: '3', overage: { model: 'per_unit', unitAmount: '0.015' } },
    { model: 'flat', amount: '12.345' },
  ];
  const hours = fc.uniqueArray(fc.integer({ min: 1, max: 31 * 24 - 1 }), { minLength: 1, maxLength: 12 });
  const instant = (hour: number) => at(new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace('.000', ''));
  const usage = fc.array(
    fc.record({ hour: fc.integer({ min: 0, max: 31 * 24 - 1 }), count: fc.integer({ min: 1, max: 40 }) }),
    { maxLength: 5 },
  );
  const recorded = (some: readonly { hour: number; count: number }[]) =>
    some.flatMap(({ hour, count }, revision) => readings(count, { at: instant(hour), revision }));

  it('that leave the charge the same, the amount is that of the uncut period, whenever it is billed', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...prices),
        hours,
        usage,
        fc.uniqueArray(fc.integer({ min: 1, max: 31 * 24 }), { maxLength: 4 }),
        (price, cuts, some, billings) => {
          const catalog = catalogOf(price);
          const known = recorded(some);
          const uncut = total(usageBilled(begun(catalog), catalog, known));
          let account: AccountGiven = begun(catalog);
          let lines: InvoiceLine[] = [];
          const steps = [
            ...cuts.map((hour, index) => ({ hour, version: (index % 2) + 1 })),
            ...billings.map((hour) => ({ hour, version: null })),
            { hour: 31 * 24, version: null },
          ].sort((left, right) => left.hour - right.hour);
          for (const { hour, version } of steps) {
            const now = instant(hour);
            if (version === null) {
              const facts = {
                ...gatheredUsage(account.state, known, { catalog, billThrough: now }),
                catalog,
                billThrough: now,
              };
              const command = billAccount({ ...facts, invoiceId: anId('inv', (invoices += 1)), now });
              lines = [...lines, ...linesIn(account.when(command).facts)];
              account = account.after(command);
            } else if (account.state.subscriptions.values().next().value!.segments.at(-1)!.planVersion !== version) {
              account = account.after(
                changePlan({ catalog, changeId: `c${hour}`, planVersion: version, at: now, now }),
              );
            }
          }
          expect(total(lines.filter(({ charge }) => charge === 'calls'))).toBe(uncut);
        },
      ),
      { numRuns: 60 },
    ));

  it('of a fee, parts come to the rounded whole', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ day: fc.integer({ min: 1, max: 30 }), seats: fc.integer({ min: 0, max: 5 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.constantFrom('in_advance' as const, 'in_arrears' as const),
        (changes, timing) => {
          const seats = aCharge({
            key: 'seats',
            name: 'Seats',
            timing,
            price: { model: 'per_unit', unitAmount: '7.77' },
          });
          const catalog = aCatalog({ plans: [aPlan({ charges: [seats] })] });
          let account: AccountGiven = given(anAccount()).after(
            createSubscription({ catalog, startAt: day('01-01'), now: day('01-01') }),
          );
          const level = Array.from({ length: 31 }, () => 1);
          let lines: InvoiceLine[] = [];
          for (const [index, change] of [...changes].sort((left, right) => left.day - right.day).entries()) {
            const now = instant(change.day * 24);
            level.fill(change.seats, change.day);
            const last = account.state.subscriptions.values().next().value!.segments.at(-1)!;
            if ((last.quantities['seats'] ?? '1') === String(change.seats)) continue;
            const bill = billAccount({ catalog, billThrough: now, invoiceId: anId('inv', (invoices += 1)), now });
            lines = [...lines, ...linesIn(account.when(bill).facts)];
            account = account.after(
              bill,
              changePlan({ catalog, changeId: `c${index}`, quantities: { seats: String(change.seats) }, at: now, now }),
            );
          }
          const end = billAccount({
            catalog,
            billThrough: instant(31 * 24 - 1),
            invoiceId: anId('inv', (invoices += 1)),
            now: day('02-01'),
          });
          const after = billAccount({
            catalog,
            billThrough: day('02-01'),
            invoiceId: anId('inv', (invoices += 1)),
            now: day('02-01'),
          });
          const last = linesIn(account.when(end).facts);
          const january = [...lines, ...last, ...linesIn(account.after(end).when(after).facts)].filter(
            ({ period }) => period.start === '2026-01-01',
          );
          const exact = level.reduce((sum, seatsOfDay) => sum + seatsOfDay * 777, 0);
          expect(total(january)).toBe(BigInt(Math.floor((2 * exact + 31) / 62)));
        },
      ),
      { numRuns: 40 },
    ));

  it('by an end in the period, nothing is sold twice', () => {
    const catalog = catalogOf({ model: 'per_unit', unitAmount: '1', minimum: '31' });
    const ended = begun(catalog).after(
      changePlan({ catalog, planVersion: 2, at: day('01-10'), now: day('01-10') }),
      cancelSubscription({ catalog, changeId: 'end', at: day('01-20'), now: day('01-20') }),
    );
    expect(total(usageBilled(ended, catalog, []))).toBe(31_00n);
  });
});

describe('an allowance over several intervals of billing', () => {
  const year = { allowanceInterval: { unit: 'year', count: 1 } } as const;
  const catalog = catalogOf(graduated('1000', '1'), graduated('1000', '1'), year);
  const month = (number: number) => at(`2026-${String(number).padStart(2, '0')}-01T00:00:00Z`);
  const inMonth = (number: number, count: number, revision = number) =>
    readings(count, { at: at(`2026-${String(number).padStart(2, '0')}-15T00:00:00Z`), revision });
  const billing = (known: readonly CountedReading[], through: Instant) => (account: AccountGiven) => {
    const facts = { ...gatheredUsage(account.state, known, { catalog, billThrough: through }), catalog };
    return billAccount({ ...facts, billThrough: through, invoiceId: anId('inv', (invoices += 1)), now: through });
  };
  const calls = (account: AccountGiven, command: ReturnType<typeof billAccount>) =>
    linesIn(account.when(command).facts)
      .filter(({ charge }) => charge === 'calls')
      .map(({ kind, quantity, amount, service }) => [kind, quantity, amount.minor, service.localEnd]);

  it('is used up over the months, each of which bills what it adds', () => {
    let account: AccountGiven = begun(catalog);
    const known = [...inMonth(1, 600), ...inMonth(2, 600), ...inMonth(3, 100)];
    const found = [2, 3, 4].map((number) => {
      const command = billing(
        known.filter(({ at: when }) => when < month(number)),
        month(number),
      )(account);
      const lines = calls(account, command);
      account = account.after(command);
      return lines;
    });
    expect(found).toEqual([
      [['usage', '600', 0n, '2026-02-01']],
      [['usage', '600', 200_00n, '2026-03-01']],
      [['usage', '100', 100_00n, '2026-04-01']],
    ]);
    expect(account.state.subscriptions.values().next().value!.schedule.nextBillAt).toBe(month(5));
    // 50 of January come late: all of them are beyond the allowance by now.
    const late = billing([...known, ...inMonth(1, 50, 9)], month(4))(account);
    expect(calls(account, late)).toEqual([['late_usage', '50', 50_00n, '2026-04-01']]);
    // Whether billed by the month or at once, it comes to the same.
    const once = billing([...known, ...inMonth(1, 50, 9)], month(4))(begun(catalog));
    expect(calls(begun(catalog), once)).toEqual([['usage', '1350', 350_00n, '2026-04-01']]);
  });

  it.each(['skip', 'issue'] as const)('goes on through months in which nothing is used: %s', (zeroInvoices) => {
    const account = [2, 3, 4, 5].reduce<AccountGiven>((before, number) => {
      const command = billing(inMonth(1, 600), month(number))(before);
      return before.after((state) => ({ ...command(state), policy: aPolicy({ zeroInvoices }) }));
    }, begun(catalog));
    expect(account.state.subscriptions.values().next().value!.schedule.nextBillAt).toBe(month(6));
    const used = billing([...inMonth(1, 600), ...inMonth(5, 500)], month(6))(account);
    expect(calls(account, used)).toEqual([['usage', '500', 100_00n, '2026-06-01']]);
  });

  it('begins anew with the next window', () => {
    const known = [...inMonth(12, 1_500), ...readings(600, { at: at('2027-01-10T00:00:00Z'), revision: 13 })];
    const next = at('2027-02-01T00:00:00Z');
    expect(calls(begun(catalog), billing(known, next)(begun(catalog)))).toEqual([
      ['usage', '1500', 500_00n, '2027-01-01'],
      ['usage', '600', 0n, '2027-02-01'],
    ]);
  });

  it('goes on through another version, and ends with the subscription', () => {
    const changed = begun(catalog).after(
      changePlan({ catalog, planVersion: 2, at: day('02-10'), now: day('02-10') }),
      cancelSubscription({ catalog, changeId: 'end', at: day('03-11'), now: day('03-11') }),
    );
    const known = [...inMonth(1, 600), ...inMonth(2, 600)];
    const command = billing(known, day('03-11'))(changed);
    expect(calls(changed, command)).toEqual([['usage', '1200', 200_00n, '2026-03-11']]);
    expect(changed.after(command).state.subscriptions.values().next().value!.schedule.nextBillAt).toBeNull();
  });

  it('asks for its minimum when it is over', () => {
    const least = catalogOf({ model: 'per_unit', unitAmount: '1', minimum: '120' }, undefined, year);
    const through = (instant: Instant) => {
      const facts = gatheredUsage(begun(least).state, [], { catalog: least, billThrough: instant });
      const command = billAccount({ ...facts, catalog: least, billThrough: instant, now: instant });
      return calls(begun(least), command).map(([, , amount]) => amount);
    };
    expect([through(month(12)), through(at('2027-01-01T00:00:00Z'))]).toEqual([[0n], [120_00n]]);
  });
});

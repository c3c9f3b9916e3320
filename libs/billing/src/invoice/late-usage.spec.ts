import type { Charge } from '#contracts';
import {
  aCatalog,
  activateSubscription,
  aMeter,
  anAccount,
  anId,
  aPlan,
  aReading,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  cancelSubscription,
  createSubscription,
  givenFor,
  linesIn,
  readings,
  totalIn,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { CountedReading } from '../usage/metering.js';

const given = givenFor(accountDecider);

const FEBRUARY = at('2026-02-01T00:00:00Z');
const MARCH = at('2026-03-01T00:00:00Z');
const graduated: Charge = aUsageCharge({
  price: {
    model: 'graduated',
    tiers: [
      { upTo: '100', unitAmount: '0.1' },
      { upTo: null, unitAmount: '0.015' },
    ],
  },
});
const catalog = aCatalog({ plans: [aPlan({ charges: [graduated] })] });
const metered = given(anAccount()).after(createSubscription({ catalog }));

const bill = (invoice: number, known: readonly CountedReading[], billThrough = FEBRUARY) =>
  billAccount({ catalog, known, billThrough, invoiceId: anId('inv', invoice) });
const sumOf = (story: AccountGiven, ...bills: ReturnType<typeof bill>[]) =>
  bills.reduce(
    ({ from, sum }, next) => ({ from: from.after(next), sum: sum + (totalIn(from.when(next).facts) ?? 0n) }),
    { from: story, sum: 0n },
  ).sum;

const inTime = readings(90, { revision: 0 });
const late = readings(30, { revision: 1 });

describe('usage that arrives after its period was billed', () => {
  it('is billed by the difference, rated with what was there before', () => {
    const { facts } = metered.after(bill(1, inTime)).when(bill(2, [...inTime, ...late]));
    expect(linesIn(facts)).toMatchObject([
      {
        kind: 'late_usage',
        quantity: '30',
        quantityBilledBefore: '90',
        exactCumulative: '10.3',
        billedBefore: { minor: 900n },
        amount: { minor: 130n },
        service: { start: '2026-01-01T00:00:00Z', end: FEBRUARY },
        inputs: { cut: 1, count: 120 },
      },
    ]);
  });

  it('names the lines that billed before it', () => {
    const first = metered.when(bill(1, inTime));
    const second = metered.after(bill(1, inTime)).when(bill(2, [...inTime, ...late]));
    expect(linesIn(second.facts)[0]!.priorLines).toEqual(linesIn(first.facts).map(({ lineId }) => lineId));
  });

  it('is billed once', () => {
    metered
      .after(bill(1, inTime), bill(2, [...inTime, ...late]))
      .when(bill(3, [...inTime, ...late]))
      .thenNothing();
  });

  it('comes to the same as if it had been there in time, in however many parts', () => {
    const all = [...inTime, ...late, ...readings(7, { revision: 2 })];
    const upTo = (revision: number) => all.filter((reading) => reading.revision <= revision);
    const inParts = sumOf(metered, bill(1, upTo(0)), bill(2, upTo(1)), bill(3, upTo(2)));
    expect(inParts).toBe(sumOf(metered, bill(1, all)));
  });

  it('rides on the invoice of the next period', () => {
    const february = readings(10, { revision: 1, at: at('2026-02-15T00:00:00Z'), id: 'feb' });
    const known = [...inTime, ...late, ...february.map((reading, index) => ({ ...reading, id: `feb${index}` }))];
    const { facts } = metered.after(bill(1, inTime)).when(bill(2, known, MARCH));
    expect(billedIn(facts)).toEqual(['calls usage 100', 'calls late_usage 130']);
  });

  it('that costs nothing more is shown all the same', () => {
    const free = aCatalog({ plans: [aPlan({ charges: [aUsageCharge({ price: { model: 'flat', amount: '5' } })] })] });
    const command = (invoice: number, known: readonly CountedReading[]) =>
      billAccount({ catalog: free, known, billThrough: FEBRUARY, invoiceId: anId('inv', invoice) });
    const { facts } = given(anAccount())
      .after(createSubscription({ catalog: free }), command(1, inTime))
      .when(command(2, [...inTime, ...late]));
    expect(billedIn(facts)).toEqual(['calls late_usage 0']);
    expect(linesIn(facts)[0]).toMatchObject({ quantity: '30', quantityBilledBefore: '90' });
  });

  it('that does not count moves only the cut, so that nobody looks again', () => {
    const elsewhere = readings(3, { revision: 1, event: 'call', properties: {}, at: at('2026-01-31T12:00:00Z') });
    const strict = aCatalog({
      plans: [aPlan({ charges: [graduated] })],
      meters: [aMeter({ filters: [{ property: 'model', operator: 'exists', value: true }] })],
    });
    const command = (invoice: number, known: readonly CountedReading[]) =>
      billAccount({ catalog: strict, known, billThrough: FEBRUARY, invoiceId: anId('inv', invoice) });
    const billed = given(anAccount()).after(createSubscription({ catalog: strict }), command(1, []));
    const { facts } = billed.when(command(2, elsewhere));
    expect(facts).toMatchObject([{ type: 'BillingAdvanced', data: { subscriptions: [] } }]);
    billed.after(command(2, elsewhere)).when(command(3, elsewhere)).thenNothing();
  });

  it('may lower what was billed, where the meter takes the latest value', () => {
    const latest = aCatalog({
      plans: [aPlan({ charges: [aUsageCharge()] })],
      meters: [aMeter({ aggregation: 'latest', valueProperty: 'seats' })],
    });
    const seats = (revision: number, instant: string, value: string) =>
      aReading({ revision, at: at(instant), properties: { seats: value } });
    const [first, second] = [seats(0, '2026-01-05T00:00:00Z', '50'), seats(1, '2026-01-20T00:00:00Z', '20')];
    const command = (invoice: number, known: readonly CountedReading[]) =>
      billAccount({ catalog: latest, known, billThrough: FEBRUARY, invoiceId: anId('inv', invoice) });
    const { facts } = given(anAccount())
      .after(createSubscription({ catalog: latest }), command(1, [first]))
      .when(command(2, [first, second]));
    expect(linesIn(facts)).toMatchObject([{ kind: 'late_usage', quantity: '-30', amount: { minor: -300n } }]);
  });
});

describe('readings of an account with two subscriptions to one meter', () => {
  const second = createSubscription({ catalog, subscriptionId: anId('sub', 2), startAt: at('2026-01-01T00:00:00Z') });
  const quantities = (facts: Parameters<typeof linesIn>[0]) =>
    linesIn(facts).map(({ subscriptionId, quantity, kind }) => [
      subscriptionId === anId('sub') ? 1 : 2,
      kind,
      quantity,
    ]);

  it('go to the one created first, and to the other only if they name it', () => {
    const named = readings(5, { subscriptionId: anId('sub', 2) });
    const { facts } = metered.after(second).when(bill(1, [...readings(3), ...named]));
    expect(quantities(facts)).toEqual([
      [1, 'usage', '3'],
      [2, 'usage', '5'],
    ]);
  });

  it('go to the other where the first has ended', () => {
    const halfway = at('2026-01-15T00:00:00Z');
    const known = [
      ...readings(3, { at: at('2026-01-14T23:59:59Z') }),
      ...readings(4, { at: halfway }).map((reading) => ({ ...reading, id: `later ${reading.id}` })),
    ];
    const { facts } = metered
      .after(second, cancelSubscription({ catalog, at: halfway, now: halfway }))
      .when(bill(1, known));
    expect(quantities(facts)).toEqual([
      [1, 'usage', '3'],
      [2, 'usage', '4'],
    ]);
  });

  it('move to the other if the first is canceled back to before them, though both were billed', () => {
    const known = readings(4);
    const { facts } = metered
      .after(second, bill(1, known), cancelSubscription({ catalog, at: at('2026-01-10T00:00:00Z'), now: FEBRUARY }))
      .when(bill(2, known));
    expect(quantities(facts)).toEqual([
      [1, 'late_usage', '-4'],
      [2, 'late_usage', '4'],
    ]);
  });

  it('move to the one created first if it is activated back to before them, though the other was billed', () => {
    const known = readings(4);
    const waiting = given(anAccount()).after(
      createSubscription({ catalog, activation: 'manual', startAt: at('2026-01-01T00:00:00Z') }),
      second,
      bill(1, known),
    );
    const activation = activateSubscription({ catalog, at: at('2026-01-01T00:00:00Z'), now: FEBRUARY });
    const activated = waiting.after(activation);
    expect(quantities(activated.when(bill(2, known)).facts)).toEqual([
      [1, 'usage', '4'],
      [2, 'late_usage', '-4'],
    ]);
    activated.after(bill(2, known)).when(bill(3, known)).thenNothing();
  });

  it('stay where they are as long as nothing gives them up', () => {
    const billed = metered.after(second, bill(1, readings(4)));
    billed.when(bill(2, readings(4))).thenNothing();
  });

  it('are counted once by each charge, whatever the meters that see them', () => {
    const big = aMeter({ key: 'big', filters: [{ property: 'size', operator: 'eq', value: 'big' }] });
    const both = aCatalog({
      plans: [
        aPlan({ charges: [aUsageCharge({ key: 'big', meter: 'big' })] }),
        aPlan({ key: 'all', charges: [aUsageCharge()] }),
      ],
      meters: [aMeter(), big],
    });
    const known = [...readings(2, { properties: { size: 'big' } }), aReading({ ordinal: 7 })];
    const { facts } = given(anAccount())
      .after(
        createSubscription({ catalog: both }),
        createSubscription({ catalog: both, subscriptionId: anId('sub', 2), plan: 'all' }),
      )
      .when(billAccount({ catalog: both, known, billThrough: FEBRUARY }));
    expect(quantities(facts)).toEqual([
      [1, 'usage', '2'],
      [2, 'usage', '1'],
    ]);
  });
});

describe('a subscription that begins late, before another one in order', () => {
  const first = createSubscription({ catalog, activation: 'manual' });
  const second = createSubscription({ catalog, subscriptionId: anId('sub', 2) });
  const activate = activateSubscription({ catalog, at: at('2026-01-01T00:00:00Z'), now: FEBRUARY });

  it('takes readings that the other one was billed for: they are given back there', () => {
    const { facts } = given(anAccount()).after(first, second, bill(1, inTime), activate).when(bill(2, inTime));
    expect(billedIn(facts)).toEqual(['calls usage 900', 'calls late_usage -900']);
  });
});

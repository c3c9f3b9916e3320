import type { Charge, AccountFact } from '#contracts';
import {
  aCatalog,
  aMeter,
  anAccount,
  anId,
  aPlan,
  aReading,
  at,
  aUsageCharge,
  billAccount,
  createSubscription,
  givenFor,
  linesIn,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { CountedReading } from '../usage/metering.js';

const given = givenFor(accountDecider);
const FEBRUARY = at('2026-02-01T00:00:00Z');
const meter = aMeter({ key: 'seats', aggregation: 'sum', valueProperty: 'added', recurring: true });

const catalogOf = (charge: Partial<Charge>) =>
  aCatalog({
    meters: [meter],
    plans: [aPlan({ charges: [aUsageCharge({ key: 'seats', meter: 'seats', ...charge })] })],
  });

const seats = (revision: number, day: string, added: string): CountedReading =>
  aReading({ revision, id: `s${revision}`, at: at(`2026-01-${day}`), properties: { added } });

const bill = (charge: Partial<Charge>, known: readonly CountedReading[], invoice = 1) =>
  billAccount({ catalog: catalogOf(charge), known, billThrough: FEBRUARY, invoiceId: anId('inv', invoice) });

const subscribed = (charge: Partial<Charge>) =>
  given(anAccount()).after(createSubscription({ catalog: catalogOf(charge) }));

const lineOf = (charge: Partial<Charge>, known: readonly CountedReading[]) =>
  linesIn(subscribed(charge).when(bill(charge, known)).facts)[0]!;

const TIERS = [
  { upTo: '5', unitAmount: '10', flatAmount: '100' },
  { upTo: null, unitAmount: '5', flatAmount: '50' },
];

describe('units of a recurring meter', () => {
  // Of January's 31 days: eight seats for all of them, two less for the last ten.
  const eightThenSix = [seats(0, '01T00:00:00Z', '8'), seats(1, '22T00:00:00Z', '-2')];

  it('are priced by the tiers that they sit in, for as long as they are held', () => {
    const line = lineOf({ price: { model: 'graduated', tiers: TIERS }, proration: 'day' }, eightThenSix);
    // 8 − 2 × 10/31 seats: five of them at 10, and 3 − 20/31 at 5, and what both tiers cost to enter.
    expect(line).toMatchObject({
      quantity: '7.354838709677',
      steps: [
        { tier: 1, quantity: '5', unitAmount: '10', flat: '100', amount: '150' },
        { tier: 2, quantity: '2.354838709677', unitAmount: '5', flat: '50', amount: '61.774193548385' },
      ],
      amount: { minor: 211_77n },
      raterVersion: 3,
    });
  });

  it('are priced by the tier of all of them, by volume', () => {
    const line = lineOf({ price: { model: 'volume', tiers: TIERS }, proration: 'day' }, [
      seats(0, '01T00:00:00Z', '4'),
      seats(1, '22T00:00:00Z', '4'),
    ]);
    // 4 + 4 × 10/31 seats at the price of eight.
    expect(line).toMatchObject({
      steps: [{ tier: 2, held: '8', quantity: '5.290322580645', unitAmount: '5', flat: '50' }],
      amount: { minor: 76_45n },
    });
  });

  it.each([
    ['day', '5.161290322581'],
    ['second', '5'],
    ['fixed30', '5'],
    ['none', '10'],
  ] as const)('that come at noon of the 16th are %s prorated', (proration, quantity) => {
    const price = { model: 'per_unit', unitAmount: '1' } as const;
    expect(lineOf({ price, proration }, [seats(0, '16T12:00:00Z', '10')]).quantity).toBe(quantity);
  });

  it('in tiers are whole where the charge has no proration', () => {
    const line = lineOf({ price: { model: 'graduated', tiers: TIERS }, proration: 'none' }, eightThenSix);
    expect(line).toMatchObject({ quantity: '6', amount: { minor: 205_00n } });
  });
});

describe('a service that an earlier rater billed', () => {
  const charge: Partial<Charge> = { price: { model: 'per_unit', unitAmount: '1' }, proration: 'second' };
  const early = [seats(0, '16T12:00:00Z', '10')];

  /** The first rater knew days alone: it billed ten whole units. */
  const asBilledBefore = (fact: AccountFact): AccountFact => {
    if (fact.type !== 'InvoiceLinesAdded') return fact;
    const lines = fact.data.lines.map((line) => ({ ...line, raterVersion: 1, quantity: '10' }));
    return { ...fact, data: { ...fact.data, lines } };
  };
  const first = subscribed(charge).when(bill(charge, early)).facts.map(asBilledBefore);

  it('is rated again as it was: what came late is the difference', () => {
    const late = [...early, seats(1, '31T00:00:00Z', '3')];
    const { facts } = subscribed(charge)
      .and(...first)
      .when(bill(charge, late, 2));
    expect(linesIn(facts)).toMatchObject([{ kind: 'late_usage', quantity: '3', raterVersion: 1 }]);
  });
});

import { Decimal, parseLocalDate, plusDuration, startOfDay, sumOfParts, type Instant, type LocalPeriod } from '#kernel';
import { rate } from '#rating';
import { at, fractionText } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdingIn, type HeldPeriod } from './holding.js';
import { addedLevels, heldQuantity, presenceLevels } from './recurring-meter.js';

const SEED = 20_261_121;
const days = (start: string, end: string): LocalPeriod => ({ start: parseLocalDate(start), end: parseLocalDate(end) });

const served = (basis: HeldPeriod['basis'], period: LocalPeriod, start: Instant, end: Instant, timeZone = 'UTC') =>
  holdingIn({ basis, period, service: { start, end, zone: timeZone } });

describe('what is held for a part of a period', () => {
  const january = days('2026-01-01', '2026-02-01');
  const [start, end] = [at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z')];

  it.each([
    ['day', january, '2026-01-16T12:00:00Z', 'UTC', '16/31'],
    ['day', january, '2026-01-16T02:00:00Z', 'America/New_York', '17/31'],
    ['second', january, '2026-01-16T12:00:00Z', 'UTC', '1/2'],
    ['second', january, '2026-01-16T12:00:00.900000Z', 'UTC', '1/2'],
    ['fixed30', january, '2026-01-16T12:00:00Z', 'UTC', '1/2'],
    ['fixed30', january, '2026-01-31T00:00:00Z', 'UTC', '1/30'],
    // A month with a day of 23 hours: 15 of 30 days are 360 of 719 hours.
    ['second', days('2026-03-02', '2026-04-01'), '2026-03-17T00:00:00-04:00', 'America/New_York', '360/719'],
  ] as const)('by %s of %j counts from %s in %s on', (basis, period, came, timeZone, expected) => {
    const [first, last] = [startOfDay(period.start, timeZone), startOfDay(period.end, timeZone)];
    const holding = served(basis, period, first, last, timeZone);
    const levels = addedLevels([{ at: at(came), value: Decimal.one }], { start: first, holding });
    expect(fractionText(heldQuantity(levels))).toBe(expected);
  });

  it('is told by days where a period of fixed days has none', () => {
    const [from, to] = [at('2026-01-30T00:00:00Z'), at('2026-01-31T00:00:00Z')];
    const holding = served('fixed30', days('2026-01-30', '2026-01-31'), from, to);
    expect(fractionText(heldQuantity(addedLevels([{ at: from, value: Decimal.one }], { start: from, holding })))).toBe(
      '1',
    );
  });

  it('was carried in as one level, whatever it was before', () => {
    const holding = served('day', january, start, end);
    const additions = [
      ['2025-12-01T00:00:00Z', '20'],
      ['2025-12-05T00:00:00Z', '-15'],
      ['2026-01-30T00:00:00Z', '2'],
    ].map(([instant, value]) => ({ at: at(instant!), value: Decimal.parse(value!) }));
    expect(addedLevels(additions, { start, holding }).map(({ change }) => change.toString())).toEqual(['5', '2']);
  });

  it('of a day that one leaves on and another comes counts both', () => {
    const presence = (instant: string, value: string, present: boolean) => ({ at: at(instant), value, present });
    const changes = [
      presence('2026-01-01T00:00:00Z', 'ada', true),
      presence('2026-01-10T09:00:00Z', 'ada', false),
      presence('2026-01-10T10:00:00Z', 'bob', true),
    ];
    const levels = (basis: HeldPeriod['basis']) =>
      presenceLevels(changes, served(basis, january, start, end)).map(({ change }) => change.toString());
    expect(levels('day')).toEqual(['1', '1', '-1']);
    expect(levels('second')).toEqual(['1', '-1', '1']);
  });
});

const hour = fc.integer({ min: -200, max: 31 * 24 - 1 });
const additions = fc
  .array(fc.record({ hours: hour, value: fc.integer({ min: -50, max: 50 }) }), { maxLength: 12 })
  .map((some) =>
    some
      .sort((left, right) => left.hours - right.hours)
      .map(({ hours, value }) => ({ hours, value: Decimal.of(value) })),
  );

describe('held quantities', () => {
  const period = days('2026-01-01', '2026-02-01');
  const begin = at('2026-01-01T00:00:00Z');
  const after = (hours: number) => (hours < 0 ? at('2025-12-20T00:00:00Z') : plusDuration(begin, { hours }));
  const placed = fc.record({ additions, basis: fc.constantFrom('day', 'second', 'fixed30') });

  it('of the parts of a period add up to that of the whole', () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 1, max: 30 }), ({ additions: some, basis }, day) => {
        const cut = plusDuration(begin, { hours: day * 24 });
        const end = at('2026-02-01T00:00:00Z');
        const all = some.map(({ hours, value }) => ({ at: after(hours), value }));
        const quantity = (from: Instant, to: Instant) =>
          heldQuantity(
            addedLevels(
              all.filter((one) => one.at < to),
              { start: from, holding: served(basis, period, from, to) },
            ),
          );
        const parts = sumOfParts([quantity(begin, cut), quantity(cut, end)]);
        expect(fractionText(parts)).toBe(fractionText(quantity(begin, end)));
      }),
      { seed: SEED },
    );
  });

  it('cost in tiers of one price what their weight costs', () => {
    fc.assert(
      fc.property(placed, ({ additions: some, basis }) => {
        const added = some.map(({ hours, value }) => ({
          at: after(hours),
          value: value.isNegative ? value.negated() : value,
        }));
        const holding = served(basis, period, begin, at('2026-02-01T00:00:00Z'));
        const levels = addedLevels(added, { start: begin, holding });
        const tiers = [
          { upTo: '10', unitAmount: '3.10' },
          { upTo: '40', unitAmount: '3.10' },
          { upTo: null, unitAmount: '3.10' },
        ];
        const inTiers = rate({ model: 'graduated', tiers }, Decimal.zero, { levels }).amount.rounded(6, 'half_up');
        const { numerator, denominator } = heldQuantity(levels);
        const weighed = new Decimal((numerator * 3_100_000_000_000n) / denominator, 12).rounded(6, 'half_up');
        expect(inTiers.toString()).toBe(weighed.toString());
      }),
      { seed: SEED },
    );
  });
});

import { parseLocalDate, periodsFrom, plusDays, rhythmFrom, startOfDay, sumOfParts, type LocalPeriod } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayShare, fixedPeriodShare, secondShare, shareFraction, type ProrationShare } from './proration.js';

fc.configureGlobal({ seed: 1 });

const days = (start: string, end: string): LocalPeriod => ({ start: parseLocalDate(start), end: parseLocalDate(end) });

const anchors = fc.record({
  start: fc.integer({ min: 0, max: 4_000 }).map((day) => plusDays(parseLocalDate('2020-01-01'), day)),
  day: fc.integer({ min: 1, max: 31 }),
  count: fc.integer({ min: 1, max: 12 }),
  zone: fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
  cuts: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }),
});

/** The part of a whole period that lies in each of several stretches that tile it. */
const SHARES: Readonly<Record<string, (part: LocalPeriod, whole: LocalPeriod, zone: string) => ProrationShare>> = {
  day: dayShare,
  fixed30: fixedPeriodShare,
  second: (part, whole, zone) =>
    secondShare(
      { start: startOfDay(part.start, zone), end: startOfDay(part.end, zone) },
      { start: startOfDay(whole.start, zone), end: startOfDay(whole.end, zone) },
    ),
};

describe('parts of a period', () => {
  it.each(Object.keys(SHARES))('by %s add up to the whole', (basis) => {
    fc.assert(
      fc.property(anchors, ({ start, day, count, zone, cuts }) => {
        const rhythm = rhythmFrom(start, { unit: 'month', count }, { align: 'subscription', day });
        const whole = periodsFrom(rhythm, start).next().value;
        const inside = cuts.map((cut) => plusDays(whole.start, cut)).filter((cut) => cut < whole.end);
        const turns = [whole.start, ...inside.sort(), whole.end];
        const shares = turns.slice(1).map((end, index) => SHARES[basis]!({ start: turns[index]!, end }, whole, zone));
        expect(sumOfParts(shares.map(shareFraction))).toEqual({ numerator: 1n, denominator: 1n });
      }),
    );
  });
});

describe('fixed months', () => {
  it.each([
    [days('2026-05-15', '2026-05-23'), days('2026-05-01', '2026-06-01'), 8, 30],
    [days('2026-06-15', '2026-06-23'), days('2026-06-01', '2026-07-01'), 8, 30],
    [days('2026-02-15', '2026-03-01'), days('2026-02-01', '2026-03-01'), 16, 30],
    [days('2026-05-30', '2026-05-31'), days('2026-05-01', '2026-06-01'), 0, 30],
    [days('2026-01-01', '2027-01-01'), days('2026-01-01', '2027-01-01'), 360, 360],
  ])('have thirty days each: %j of %j', (used, whole, numerator, denominator) => {
    expect(fixedPeriodShare(used, whole)).toEqual({ basis: 'fixed30', numerator, denominator });
  });
});

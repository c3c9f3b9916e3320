import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { compareInstants, earlier, epochMicroseconds, isBefore, later, parseInstant, plusDuration } from './instant.js';

fc.configureGlobal({ seed: 1 });

const instantOf = (milliseconds: number) =>
  parseInstant(Temporal.Instant.fromEpochMilliseconds(milliseconds).toString());

const milliseconds = fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 });

describe('an instant', () => {
  it.each([
    ['2026-01-31T00:00:00Z', '2026-01-31T00:00:00Z'],
    ['2026-01-31t00:00:00z', '2026-01-31T00:00:00Z'],
    ['2026-01-31 00:00:00Z', '2026-01-31T00:00:00Z'],
    ['2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00Z'],
    ['2026-01-31T00:00:00.120Z', '2026-01-31T00:00:00.12Z'],
    ['2026-01-31T00:00:00.123456Z', '2026-01-31T00:00:00.123456Z'],
    ['2026-01-31T00:00:00.123456999Z', '2026-01-31T00:00:00.123456Z'],
    ['2026-01-31T00:00:00.0000009Z', '2026-01-31T00:00:00Z'],
    ['2026-01-31T01:00:00+01:00', '2026-01-31T00:00:00Z'],
    ['2026-01-30T18:30:00-05:30', '2026-01-31T00:00:00Z'],
    ['2026-01-31T00:00:00-00:00', '2026-01-31T00:00:00Z'],
    ['2026-01-31T01:00:00.5+01:00', '2026-01-31T00:00:00.5Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('%s is %s', (text, canonical) => {
    expect(parseInstant(text)).toBe(canonical);
    expect(parseInstant(canonical)).toBe(canonical);
  });

  it.each([
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['29 February of no leap year', '2026-02-29T00:00:00Z'],
    ['29 February of a century', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['hour 24', '2026-01-31T24:00:00Z'],
    ['minute 60', '2026-01-31T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a leap second of another zone', '2017-01-01T00:59:60+01:00'],
    ['no zone', '2026-01-31T00:00:00'],
    ['an impossible zone', '2026-01-31T00:00:00+25:00'],
    ['a named zone', '2026-01-31T00:00:00[Europe/Berlin]'],
    ['a date', '2026-01-31'],
    ['no seconds', '2026-01-31T00:00Z'],
    ['ten digits of a second', '2026-01-31T00:00:00.1234567890Z'],
    ['a bare point', '2026-01-31T00:00:00.Z'],
    ['year 0, which Postgres does not have', '0000-12-31T00:00:00Z'],
    ['what is year 0 in UTC', '0001-01-01T00:00:00+14:00'],
    ['what is year 10000 in UTC', '9999-12-31T23:00:00-05:00'],
    ['five digits of a year', '12026-01-31T00:00:00Z'],
    ['text around it', ' 2026-01-31T00:00:00Z'],
    ['text behind it', '2026-01-31T00:00:00Z\n'],
    ['nothing', ''],
  ])('is not %s: %s', (_, text) => {
    expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'invalid_instant' }));
  });

  it.each([1769817600000, null, undefined, {}])('is not %p', (value) => {
    expect(() => parseInstant(value as never)).toThrow(expect.objectContaining({ code: 'invalid_instant' }));
  });

  it.each([
    ['2026-01-31T00:00:00Z', '2026-01-31T00:00:00.000001Z'],
    ['2026-01-31T00:00:00.1Z', '2026-01-31T00:00:00.12Z'],
    ['2026-01-31T00:00:00.09Z', '2026-01-31T00:00:00.1Z'],
    ['2026-01-31T00:00:00.999999Z', '2026-01-31T00:00:01Z'],
    ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'],
  ])('%s is before %s', (text, other) => {
    const [left, right] = [parseInstant(text), parseInstant(other)];
    expect(isBefore(left, right)).toBe(true);
    expect(isBefore(right, left)).toBe(false);
    expect([earlier(left, right), earlier(right, left)]).toEqual([left, left]);
    expect([later(left, right), later(right, left)]).toEqual([right, right]);
    expect(compareInstants(left, left)).toBe(0);
  });

  it('sorts as its microseconds do', () => {
    const instants = fc
      .tuple(milliseconds, fc.integer({ min: 0, max: 999 }))
      .map(([ms, micros]) =>
        parseInstant(
          instantOf(ms).replace(
            /(\.\d+)?Z$/,
            (_, fraction?: string) => `${(fraction ?? '.').padEnd(4, '0')}${String(micros).padStart(3, '0')}Z`,
          ),
        ),
      );
    fc.assert(
      fc.property(instants, instants, (left, right) => {
        const difference = epochMicroseconds(left) - epochMicroseconds(right);
        expect(Math.sign(compareInstants(left, right))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  it('is the same from whatever zone it is told', () => {
    fc.assert(
      fc.property(milliseconds, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, minutes) => {
        const instant = instantOf(ms);
        const local = instantOf(ms + minutes * 60_000).slice(0, -1);
        const clock = (value: number) => String(Math.abs(value)).padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${clock(Math.trunc(minutes / 60))}:${clock(minutes % 60)}`;
        expect(parseInstant(`${local}${zone}`)).toBe(instant);
      }),
    );
  });

  it.each([
    ['2026-01-31T23:59:59.5Z', { seconds: 1 }, '2026-02-01T00:00:00.5Z'],
    ['2026-03-01T00:00:00Z', { days: -1 }, '2026-02-28T00:00:00Z'],
    ['2026-03-29T00:30:00Z', { days: 1, hours: 1, seconds: 1 }, '2026-03-30T01:30:01Z'],
    ['2026-01-01T00:00:00Z', {}, '2026-01-01T00:00:00Z'],
  ])('%s plus %j is %s', (text, duration, sum) => {
    expect(plusDuration(parseInstant(text), duration)).toBe(sum);
  });

  it('moves, and is counted, as the calendar library has it', () => {
    const microseconds = fc.integer({ min: 0, max: 999_999 });
    fc.assert(
      fc.property(
        milliseconds,
        microseconds,
        fc.integer({ min: -90_000_000, max: 90_000_000 }),
        (ms, micro, seconds) => {
          const whole = instantOf(ms - (ms % 1_000)).slice(0, 19);
          const instant = parseInstant(`${whole}.${String(micro).padStart(6, '0')}Z`);
          const exact = Temporal.Instant.from(instant);
          expect(plusDuration(instant, { seconds })).toBe(exact.add({ seconds }).toString());
          expect(plusDuration(instant, { hours: seconds % 1_000 })).toBe(
            exact.add({ hours: seconds % 1_000 }).toString(),
          );
          expect(epochMicroseconds(instant)).toBe(exact.epochNanoseconds / 1_000n);
        },
      ),
    );
  });
});

import { encodeEvent, type Reading } from '#contracts';
import { at, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packed } from './packing.js';

fc.configureGlobal({ seed: 1 });

const KIB = 1024;
const reading = (id: string, properties: Record<string, string> = {}): Reading => ({
  id,
  event: 'call',
  at: at('2026-01-31T23:59:59.999999Z'),
  properties,
  subscriptionId: SUBSCRIPTION,
});
const readings = (count: number, properties?: Record<string, string>) =>
  Array.from({ length: count }, (_, index) => reading(`r${index}`, properties));
const sizes = (some: readonly Reading[]) => packed(some).map(({ data }) => data.readings.length);

describe('readings packed', () => {
  it('are at most 500 to an event', () => {
    expect(sizes(readings(1_000))).toEqual([500, 500]);
    expect(sizes(readings(501))).toEqual([500, 1]);
    expect(sizes(readings(1))).toEqual([1]);
    expect(packed([])).toEqual([]);
  });

  it('are fewer where they are large', () => {
    const large = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, 'x'.repeat(1024)]));
    expect(sizes(readings(6, large))).toEqual([2, 2, 2]);
  });

  it('keep their order, and lose none', () => {
    const some = readings(1_203);
    expect(packed(some).flatMap(({ data }) => data.readings)).toEqual(some);
  });

  it('never make an event of more than 256 KiB, whatever its characters', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 1024 })
      .filter((value) => !value.includes('\0') && value.length <= 1024);
    const worst = fc.constantFrom('\u0001', '€', '😀', '"').map((character) => character.repeat(512));
    const properties = fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(text, worst), { maxKeys: 50 });
    fc.assert(
      fc.property(fc.array(properties, { minLength: 1, maxLength: 20 }), (some) => {
        for (const event of packed(some.map((own, index) => reading(`r${index}`, { ...own })))) {
          expect(Buffer.byteLength(encodeEvent(event).text)).toBeLessThanOrEqual(256 * KIB);
        }
      }),
      { numRuns: 50 },
    );
  });
});

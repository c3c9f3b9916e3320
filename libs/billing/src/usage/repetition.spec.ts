import { readingDigest, type Reading } from '#contracts';
import { at, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { repeats, saidOf } from './repetition.js';

const FIRST: Reading = {
  id: 'x',
  event: 'call',
  at: at('2026-01-15T12:00:00Z'),
  properties: { n: '5', region: 'eu' },
};
const digestOf = (reading: Reading) => readingDigest(saidOf(reading));
const known = (...amended: Reading[]) => ({ at: FIRST.at, digests: [FIRST, ...amended].map(digestOf) });
const isRepeated = (fields: Partial<Reading>, first = known()) => {
  const again = { ...FIRST, ...fields };
  return repeats(first, { at: again.at, digest: digestOf(again) });
};

describe('a reading whose id comes again', () => {
  it('is a repetition where it says the same, in whatever order and with whatever zeros', () => {
    expect(isRepeated({})).toBe(true);
    expect(isRepeated({ properties: { region: 'eu', n: '5' } })).toBe(true);
    expect(isRepeated({ properties: { region: 'eu', n: '5.00' } })).toBe(true);
  });

  it.each<[string, Partial<Reading>]>([
    ['another value', { properties: { n: '7', region: 'eu' } }],
    ['a property less', { properties: { n: '5' } }],
    ['a property more', { properties: { n: '5', region: 'eu', size: 's' } }],
    ['another name of a property', { properties: { m: '5', region: 'eu' } }],
    ['another event', { event: 'message' }],
    ['another instant', { at: at('2026-01-15T12:00:00.000001Z') }],
    ['a subscription', { subscriptionId: SUBSCRIPTION }],
    ['a text that looks alike', { properties: { n: '5', region: 'EU' } }],
  ])('contradicts the first with %s', (_, fields) => expect(isRepeated(fields)).toBe(false));

  it('that told no instant may be of any', () => {
    expect(repeats(known(), { digest: digestOf(FIRST) })).toBe(true);
  });

  it('may say what was sent, or what it was amended to', () => {
    const amended = known({ ...FIRST, properties: { n: '7' } });
    expect(isRepeated({}, amended)).toBe(true);
    expect(isRepeated({ properties: { n: '7' } }, amended)).toBe(true);
    expect(isRepeated({ properties: { n: '8' } }, amended)).toBe(false);
  });
});

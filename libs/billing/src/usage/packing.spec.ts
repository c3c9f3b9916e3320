import { encodeEvent } from '#contracts';
import { ACCOUNT, anId, at, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packed, type AccountReading } from './packing.js';

fc.configureGlobal({ seed: 1 });

const KIB = 1024;
const ACCOUNTS = [1, 2, 3].map((number) => anId('acc', number)).sort();

const reading = (id: string, properties: Record<string, string> = {}, accountId = ACCOUNT): AccountReading => ({
  accountId,
  id,
  event: 'call',
  at: at('2026-01-31T23:59:59.999999Z'),
  properties,
  subscriptionId: SUBSCRIPTION,
});
const readings = (count: number, properties?: Record<string, string>): AccountReading[] =>
  Array.from({ length: count }, (_, index) => reading(`r${index}`, properties));
const unpacked = (events: ReturnType<typeof packed>): AccountReading[] =>
  events.flatMap(({ data }) =>
    data.accounts.flatMap(({ accountId, readings: own }) => own.map((one) => ({ accountId, ...one }))),
  );
const sizes = (some: readonly AccountReading[]) => packed(some).map((event) => unpacked([event]).length);

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
    expect(unpacked(packed(some))).toEqual(some);
  });

  it('stand by account, in the order of ids, and of each in the order in which they were sent', () => {
    const some = readings(1_100).map((one, index) => ({ ...one, accountId: ACCOUNTS[(index * 7) % 3]! }));
    const events = packed(some);
    expect(events).toHaveLength(3);
    const found = unpacked(events);
    for (const accountId of ACCOUNTS) {
      const own = (one: AccountReading): boolean => one.accountId === accountId;
      expect(found.filter(own)).toEqual(some.filter(own));
    }
    expect(found.map(({ accountId }) => accountId)).toEqual(some.map(({ accountId }) => accountId).sort());
    for (const { data } of events) {
      const accounts = data.accounts.map(({ accountId }) => accountId);
      expect(accounts).toEqual([...new Set(accounts)]);
    }
  });

  it('of the same request make the same events, in whichever order its accounts come', () => {
    const some = ACCOUNTS.flatMap((accountId) => [reading('a', {}, accountId), reading('b', {}, accountId)]);
    const turned = ACCOUNTS.toReversed().flatMap((accountId) => some.filter((one) => one.accountId === accountId));
    expect(packed(turned)).toEqual(packed(some));
  });

  it('never make an event of more than 256 KiB, whatever its characters', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 1024 })
      .filter((value) => !value.includes('\0') && value.length <= 1024);
    const worst = fc.constantFrom('\u0001', '€', '😀', '"').map((character) => character.repeat(512));
    const properties = fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(text, worst), { maxKeys: 50 });
    fc.assert(
      fc.property(fc.array(properties, { minLength: 1, maxLength: 20 }), (some) => {
        const one = (own: Record<string, string>, index: number) =>
          reading(`r${index}`, { ...own }, ACCOUNTS[index % ACCOUNTS.length]);
        for (const event of packed(some.map(one))) {
          expect(Buffer.byteLength(encodeEvent(event).text)).toBeLessThanOrEqual(256 * KIB);
        }
      }),
      { numRuns: 50 },
    );
  });
});

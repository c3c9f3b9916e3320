import { describe, expect, it } from '@jest/globals';
import { ATTEMPTS_MAX, retryAfterSeconds, secondsUntilRetry } from './retry-schedule.js';

const MIDDLE = 0.5;
const delays = (chance: number): (number | null)[] =>
  Array.from({ length: ATTEMPTS_MAX }, (_, index) => secondsUntilRetry(index + 1, chance));

describe('what was not taken', () => {
  it('is tried eleven times in three days and a half', () => {
    expect(delays(MIDDLE)).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 50_400, 72_000, 86_400, null]);
    const all = delays(MIDDLE).reduce<number>((sum, delay) => sum + (delay ?? 0), 0);
    expect(all / 86_400).toBeCloseTo(3.57, 2);
  });

  it('is not tried by everybody at the same moment: a fifth sooner or later', () => {
    expect([secondsUntilRetry(2, 0), secondsUntilRetry(2, 1)]).toEqual([240, 360]);
  });

  it('waits for as long as the receiver asks, a day at the most, and never less than it would', () => {
    expect(secondsUntilRetry(1, MIDDLE, 90)).toBe(90);
    expect(secondsUntilRetry(2, MIDDLE, 90)).toBe(300);
    expect(secondsUntilRetry(1, MIDDLE, 1_000_000)).toBe(86_400);
    expect(secondsUntilRetry(ATTEMPTS_MAX, MIDDLE, 90)).toBeNull();
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-02-01T00:00:00Z');

  it.each([
    ['120', 120],
    ['Sun, 01 Feb 2026 00:01:30 GMT', 90],
    ['Sat, 31 Jan 2026 00:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('of %s is %s seconds', (header, seconds) => expect(retryAfterSeconds(header, now)).toBe(seconds));
});

import { describe, expect, it } from '@jest/globals';
import { afterFailure, CLOSED, isGivenUp, type Breaker } from './breaker.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const failing = (times: number, everyMilliseconds: number, from = CLOSED, start = 0): Breaker => {
  let breaker = from;
  for (let index = 0; index < times; index++) breaker = afterFailure(breaker, start + index * everyMilliseconds);
  return breaker;
};

describe('a breaker', () => {
  it('stays closed while few messages fail, or many within a deploy', () => {
    expect(failing(19, DAY).openUntil).toBeNull();
    expect(failing(500, 1_000).openUntil).toBeNull();
  });

  it('opens after twenty failures in a row over ten minutes, and looks ever more rarely whether it may close', () => {
    const opened = failing(20, MINUTE);
    const at = 19 * MINUTE;
    expect(opened).toEqual({ failures: 20, failingSince: 0, openUntil: at + MINUTE, probes: 1 });
    const pauses = [];
    let breaker = opened;
    for (let probe = 0; probe < 5; probe++) {
      const now = breaker.openUntil!;
      breaker = afterFailure(breaker, now);
      pauses.push((breaker.openUntil! - now) / MINUTE);
    }
    expect(pauses).toEqual([5, 15, 30, 30, 30]);
  });

  it('gives up on what took nothing for five days, if it was looked at often enough', () => {
    const opened = failing(20, MINUTE);
    expect(isGivenUp(opened, 5 * DAY - 1)).toBe(false);
    expect(isGivenUp(opened, 5 * DAY)).toBe(true);
    expect(isGivenUp(failing(3, 3 * DAY), 10 * DAY)).toBe(false);
    expect(isGivenUp(CLOSED, 10 * DAY)).toBe(false);
  });
});

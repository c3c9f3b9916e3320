import { describe, expect, it } from '@jest/globals';
import { epochSeconds, fixedDaysBetween, secondsBetween } from './day-count.js';
import { parseInstant } from './instant.js';
import { parseLocalDate } from './local-date.js';

const date = parseLocalDate;

describe('days and seconds', () => {
  it('of fixed months are thirty in each', () => {
    expect(fixedDaysBetween(date('2026-01-31'), date('2026-02-28'))).toBe(28);
    expect(fixedDaysBetween(date('2026-06-23'), date('2026-07-15'))).toBe(22);
    expect(fixedDaysBetween(date('2026-06-23'), date('2026-07-15'), 28)).toBe(20);
  });

  it('are cut off below the second, also before 1970', () => {
    expect(epochSeconds(parseInstant('1969-12-31T23:59:59.5Z'))).toBe(-1n);
    expect(secondsBetween(parseInstant('1969-12-31T23:59:59.5Z'), parseInstant('1970-01-01T00:00:01.9Z'))).toBe(2);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseInstant } from './instant.js';
import { plusLocalIntervals } from './local-intervals.js';

describe('local intervals', () => {
  it('keep the clock face of a zone', () => {
    const noon = parseInstant('2026-03-28T11:00:00Z');
    expect(plusLocalIntervals(noon, { unit: 'day', count: 1 }, 'Europe/Berlin')).toBe('2026-03-29T10:00:00Z');
    expect(plusLocalIntervals(noon, { unit: 'month', count: 1 }, 'Europe/Berlin', -2)).toBe('2026-01-28T11:00:00Z');
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseInstant } from './instant.js';
import { windowContaining, windowsBetween } from './windows.js';

const BERLIN = 'Europe/Berlin';

describe('windows', () => {
  it.each([
    ['minute', '2026-03-29T23:59:59.5Z', '2026-03-29T23:59:00Z', '2026-03-30T00:00:00Z'],
    ['hour', '2026-03-29T23:59:59Z', '2026-03-29T23:00:00Z', '2026-03-30T00:00:00Z'],
    ['day', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['week', '2026-03-29T12:00:00Z', '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['month', '2026-03-29T12:00:00Z', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ] as const)('of a %s turn in the zone, across a change of the clock', (unit, instant, start, end) => {
    expect(windowContaining(parseInstant(instant), unit, BERLIN)).toEqual({ start, end });
  });

  it('cover a stretch without a gap, cut to it', () => {
    const windows = windowsBetween(
      { start: parseInstant('2026-01-01T12:00:00Z'), end: parseInstant('2026-01-03T06:00:00Z') },
      'day',
      'UTC',
    );
    expect(windows.map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2026-01-01T12:00:00Z 2026-01-02T00:00:00Z',
      '2026-01-02T00:00:00Z 2026-01-03T00:00:00Z',
      '2026-01-03T00:00:00Z 2026-01-03T06:00:00Z',
    ]);
  });
});

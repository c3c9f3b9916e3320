import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { bucketedMaximum } from './bucketed-maximum.js';

const sample = (instant: string, value: string, group = 'a') => ({ at: at(instant), value, group });

describe('a bucketed maximum', () => {
  it('adds up the peaks of windows and groups', () => {
    const samples = [
      sample('2026-01-01T00:00:00Z', '5'),
      sample('2026-01-01T10:00:00Z', '1'),
      sample('2026-01-03T00:00:00Z', '5', 'b'),
    ];
    expect(bucketedMaximum(samples, 'day', 'UTC').toString()).toBe('10');
    expect(bucketedMaximum([...samples, sample('2026-01-01T01:00:00Z', '9', 'c')], 'day', 'UTC').toString()).toBe('19');
  });
});

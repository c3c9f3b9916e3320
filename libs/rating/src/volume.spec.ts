import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { Tier } from './price.js';
import { rateProratedVolume } from './volume.js';

const decimal = (text: string) => Decimal.parse(text);
const tiers: readonly Tier[] = [
  { upTo: '10', unitAmount: '2', flatAmount: '5' },
  { upTo: null, unitAmount: '1' },
];

describe('units', () => {
  it('held for a part of the period are priced in the tier of all of them', () => {
    const price = { model: 'volume', tiers } as const;
    expect(rateProratedVolume(price, decimal('20'), decimal('12.5')).amount.toString()).toBe('12.5');
  });
});

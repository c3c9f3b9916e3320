import { describe, expect, it } from '@jest/globals';
import { computePhaseTrueUps, computeTrueUp } from './true-up.js';

describe('a true-up', () => {
  it('is what is missing to the commitment, both sides prorated and rounded first', () => {
    const part = { numerator: 2n, denominator: 29n };
    expect(computeTrueUp({ amount: 1_000_000n, part }, [{ amount: 10_000n, part }, { amount: 3_000n }])).toBe(65_276n);
    expect(computeTrueUp({ amount: 1_000n }, [{ amount: 1_001n }])).toBe(0n);
  });

  it('of phases stands alone, or carries what a phase counted beyond its commitment', () => {
    const phases = [
      { commitment: { amount: 100n }, counted: [{ amount: 150n }] },
      { commitment: { amount: 100n }, counted: [{ amount: 20n }] },
      { commitment: { amount: 100n }, counted: [] },
    ];
    expect(computePhaseTrueUps(phases)).toEqual([0n, 80n, 100n]);
    expect(computePhaseTrueUps(phases, 'carried')).toEqual([0n, 30n, 100n]);
  });
});

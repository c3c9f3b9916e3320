import { describe, expect, it } from '@jest/globals';
import { KINDS, plannedFaults, TARGETS } from './fault-plan.js';

describe('a plan of faults', () => {
  it('is the same for the same seed, and begins the same however long it is', () => {
    expect(plannedFaults(7, 100)).toEqual(plannedFaults(7, 100));
    expect(plannedFaults(7, 100).slice(0, 20)).toEqual(plannedFaults(7, 20));
    expect(plannedFaults(8, 100)).not.toEqual(plannedFaults(7, 100));
  });

  it('has every kind, and befalls every part', () => {
    const plan = plannedFaults(7, 1_000);
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(new Set(plan.map(({ target }) => target))).toEqual(new Set(TARGETS));
  });
});

import { describe, expect, it } from '@jest/globals';

import { CheckpointCadence } from './checkpoint-cadence.js';

describe('checkpoints', () => {
  const dueAfter = (cadence: CheckpointCadence, positions: readonly number[]): number[] =>
    positions.filter((position) => cadence.isDueAfter(position));

  it('come after every so many considered events [2.7/checkpoint/interval]', () => {
    expect(dueAfter(new CheckpointCadence(3), [1, 2, 3, 4, 5, 6, 7])).toEqual([3, 6]);
  });

  it('come when a catch-up ends, and count from there [2.7/checkpoint/caught-up]', () => {
    const cadence = new CheckpointCadence(3);
    expect(dueAfter(cadence, [1, 2])).toEqual([]);
    expect(cadence.announce(2)).toBe(true);
    expect(dueAfter(cadence, [3, 4, 5, 6])).toEqual([5]);
  });

  it('never come twice for one position [2.7/checkpoint/duplicate]', () => {
    const cadence = new CheckpointCadence(1);
    expect(cadence.isDueAfter(1)).toBe(true);
    expect(cadence.announce(1)).toBe(false);
  });
});

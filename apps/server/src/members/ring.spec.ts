import { describe, expect, it } from '@jest/globals';
import { ownerOf } from './ring.js';

const KEYS = Array.from({ length: 3_000 }, (_, index) => `account-acme_${index}`);
const owners = (members: readonly string[]) => new Map(KEYS.map((key) => [key, ownerOf(members, key)]));

describe('whose a key is', () => {
  it('is the same for all who know the same members, in whatever order', () => {
    expect(owners(['a', 'b', 'c'])).toEqual(owners(['c', 'a', 'b']));
    expect(ownerOf([], 'account-acme_1')).toBeUndefined();
  });

  it('is spread evenly', () => {
    for (const own of Map.groupBy(owners(['a', 'b', 'c']).values(), (owner) => owner).values())
      expect(Math.abs(own.length - 1_000)).toBeLessThan(150);
  });

  it('changes with a member that goes for its own keys alone', () => {
    const before = owners(['a', 'b', 'c']);
    const after = owners(['a', 'c']);
    for (const [key, owner] of before) if (owner !== 'b') expect(after.get(key)).toBe(owner);
    expect(new Set(after.values())).toEqual(new Set(['a', 'c']));
  });
});

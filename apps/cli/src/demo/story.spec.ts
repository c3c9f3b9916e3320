import { describe, expect, it } from '@jest/globals';
import { Story } from './story.js';
import { instantOf } from './stops.js';

const TERMS = { seed: 'a', from: '2024-11', months: 18 };
const story = new Story(TERMS);
const stops = [...story.stops.keys()];

describe('the story of a demo', () => {
  it('is the same for the same seed, and another one for another', () => {
    const told = (of: Story) => stops.map((stop) => [of.decisionsAt(stop), of.readingsAt(stop)]);
    expect(told(new Story(TERMS))).toEqual(told(story));
    expect(told(new Story({ ...TERMS, seed: 'b' }))).not.toEqual(told(story));
  });

  it('halts twice a month, in order', () => {
    const instants = story.stops.map(({ at }) => instantOf(at));
    expect(instants).toHaveLength(2 * 18 + 2);
    expect(instants.toSorted()).toEqual(instants);
    expect([instants[0], instants[2], instants.at(-1)]).toEqual([
      '2024-11-01T00:00:00Z',
      '2024-11-30T23:00:00Z',
      '2026-05-01T00:00:00Z',
    ]);
  });

  it('knows of a reading once, and not before it was made', () => {
    const seen = new Set<string>();
    for (const stop of stops) {
      for (const { id, at } of story.readingsAt(stop)) {
        expect(at <= instantOf(story.stops[stop]!.at)).toBe(true);
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
    }
    expect(seen.size).toBeGreaterThan(1_000);
  });

  it('has some readings that come after their month', () => {
    const late = stops.flatMap((stop) => {
      const month = instantOf(story.stops[stop]!.at).slice(0, 7);
      return story.readingsAt(stop).filter(({ at }) => at.slice(0, 7) < month);
    });
    expect(late.length).toBeGreaterThan(10);
  });

  it('has everything in it that companies go through', () => {
    const kinds = new Set(stops.flatMap((stop) => story.decisionsAt(stop).map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(['cancel', 'new_version', 'pause', 'seats', 'subscribe', 'upgrade']);
  });

  it('lets nobody decide two things at a stop, or anything before they are there', () => {
    const there = new Set<string>();
    for (const stop of stops) {
      const decisions = story.decisionsAt(stop);
      expect(new Set(decisions.map(({ customer }) => customer.key)).size).toBe(decisions.length);
      for (const { kind, subscription } of decisions) {
        expect(there.has(subscription)).toBe(kind !== 'subscribe');
        there.add(subscription);
      }
    }
  });
});

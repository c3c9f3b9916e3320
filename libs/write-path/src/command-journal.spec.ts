import type { EventMetadata } from '#contracts';
import { plusDuration, type Instant } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { CommandJournal, NO_COMMANDS } from './command-journal.js';

const BEGIN = at('2026-01-01T00:00:00Z');
const RECENT_MAX = 1_024;

const noted = (count: number, recordedAt: (number: number) => Instant): CommandJournal => {
  const journal = new CommandJournal(NO_COMMANDS);
  for (let number = 0; number < count; number++)
    journal.note({ commandId: `command ${number}`, recordedAt: recordedAt(number) } as EventMetadata, number);
  return journal;
};

describe('the journal of a stream', () => {
  it('knows where the events of each command stand', () => {
    const journal = new CommandJournal(NO_COMMANDS);
    ['a', 'a', 'b', 'c', 'c', 'c'].forEach((commandId, revision) =>
      journal.note({ commandId, recordedAt: BEGIN } as EventMetadata, revision),
    );
    expect(['a', 'b', 'c', 'd'].map((id) => journal.find(id))).toEqual([
      [{ first: 0, last: 1 }],
      [{ first: 2, last: 2 }],
      [{ first: 3, last: 5 }],
      [],
    ]);
  });

  it('takes thirty bytes or less for a command of thousands, and finds it after it was kept', () => {
    const COUNT = 20_000;
    const { recent, older, marks } = noted(COUNT, () => BEGIN).remembered();
    expect(recent.size).toBeLessThan(RECENT_MAX);
    const bytes = Object.values(older).reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes / (COUNT - recent.size)).toBeLessThanOrEqual(30);
    const again = new CommandJournal(structuredClone({ recent, older, marks }));
    for (let number = 0; number < COUNT; number += 37)
      expect(again.find(`command ${number}`)).toEqual([{ first: number, last: number }]);
    expect(again.find('another')).toEqual([]);
  });

  it('keeps no more than a little more than seven days', () => {
    const PER_DAY = 1_000;
    const { recent, older } = noted(60 * PER_DAY, (number) =>
      plusDuration(BEGIN, { seconds: Math.floor((number * 86_400) / PER_DAY) }),
    ).remembered();
    expect(recent.size + older.firsts.length).toBeLessThan(7 * PER_DAY + 2 * RECENT_MAX);
    expect(recent.size + older.firsts.length).toBeGreaterThanOrEqual(7 * PER_DAY);
    expect(older.fingerprints).toEqual(older.fingerprints.toSorted());
  });
});

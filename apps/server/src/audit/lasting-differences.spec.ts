import type { AccountId } from '#kernel';
import type { Difference } from '#replay';
import { anId } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { lastingDifferences } from './lasting-differences.js';

const [FIRST, SECOND] = [anId('acc', 1), anId('acc', 2)];

const difference = (accountId: AccountId, subject: string, field: string): Difference => ({
  accountId,
  subject,
  field,
  expected: 1,
  found: 2,
});

const moved = (accountId: AccountId) => difference(accountId, 'accounts', '/revision');
const wrong = (accountId: AccountId) => difference(accountId, 'book', '/receivable');

/** Answers what is to be seen at each look, the last again and again; and notes what was looked at. */
const looks = (...seen: Difference[][]) => {
  const asked: AccountId[][] = [];
  const look = (accounts: AccountId[]) => {
    asked.push(accounts);
    const now = seen[Math.min(asked.length, seen.length) - 1]!;
    return Promise.resolve(now.filter(({ accountId }) => accounts.includes(accountId)));
  };
  return { asked, look };
};

describe('what differs', () => {
  it('is not looked at again where nothing does', async () => {
    const { asked, look } = looks([wrong(FIRST)]);
    expect(await lastingDifferences([], look)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('lasts where it is seen again, and is gone where it is not', async () => {
    const { asked, look } = looks([wrong(SECOND)]);
    expect(await lastingDifferences([wrong(FIRST), wrong(SECOND), moved(SECOND)], look)).toEqual([wrong(SECOND)]);
    expect(asked).toEqual([[FIRST, SECOND]]);
  });

  it('of an account that moves is looked at until that stands still, and of no other', async () => {
    const { asked, look } = looks(
      [wrong(FIRST), moved(SECOND), wrong(SECOND)],
      [moved(SECOND), wrong(SECOND)],
      [wrong(SECOND)],
    );
    expect(await lastingDifferences([wrong(FIRST), moved(SECOND)], look)).toEqual([wrong(FIRST), wrong(SECOND)]);
    expect(asked).toEqual([[FIRST, SECOND], [SECOND], [SECOND]]);
  });

  it('of an account that never stands still is told after ten looks', async () => {
    const { asked, look } = looks([moved(FIRST), wrong(FIRST)]);
    expect(await lastingDifferences([moved(FIRST)], look)).toEqual([moved(FIRST), wrong(FIRST)]);
    expect(asked).toHaveLength(10);
  });
});

import { describe, expect, it } from '@jest/globals';

import { RecentIds } from './recent-ids.js';

const place = (revision: number) => ({ stream: 's', revision, position: revision });

describe('the recent ids', () => {
  it('are found until newer ones push them out, the oldest first', () => {
    const ids = new RecentIds(3);
    for (const [revision, id] of ['a', 'b', 'c', 'd'].entries()) ids.remember(id, place(revision));
    expect(['a', 'b', 'c', 'd'].map((id) => ids.find(id)?.revision)).toEqual([undefined, 1, 2, 3]);
  });

  it('keep the newest place of an id that was written twice, as long as that is new', () => {
    const ids = new RecentIds(3);
    for (const [revision, id] of ['a', 'a', 'b', 'c'].entries()) ids.remember(id, place(revision));
    expect(ids.find('a')).toEqual(place(1));
    ids.remember('d', place(4));
    expect(ids.find('a')).toBeUndefined();
  });
});

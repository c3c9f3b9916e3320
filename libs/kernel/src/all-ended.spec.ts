import { describe, expect, it } from '@jest/globals';
import { allEnded } from './all-ended.js';

describe('promises that all have to end', () => {
  it('answer what each answers, in their order', async () => {
    await expect(allEnded([Promise.resolve(1), Promise.resolve(2)])).resolves.toEqual([1, 2]);
  });

  it('fail when the last one has ended, with what failed first in their order', async () => {
    const slow = Promise.withResolvers<number>();
    let settled = false;
    const ended = allEnded([Promise.reject(new Error('first')), slow.promise, Promise.reject(new Error('other'))]);
    ended.catch(() => undefined).finally(() => (settled = true));
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    slow.resolve(1);
    await expect(ended).rejects.toThrow('first');
  });
});

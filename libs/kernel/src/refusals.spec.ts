import { describe, expect, it } from '@jest/globals';
import { allRefusals } from './refusals.js';

describe('all refusals', () => {
  it('are those of each', () => {
    const all = allRefusals([{ plan_archived: 'The plan is archived.' }, { account_closed: 'It is closed.' }, {}]);
    expect(all).toEqual({ plan_archived: 'The plan is archived.', account_closed: 'It is closed.' });
  });

  it('have one place each', () => {
    const declared = [{ closed: 'The account is closed.', open: 'It is open.' }, { closed: 'The plan is closed.' }];
    expect(() => allRefusals(declared)).toThrow('Declared more than once: closed.');
  });
});

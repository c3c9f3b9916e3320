import { describe, expect, it } from '@jest/globals';
import { applyCredit, capCredit } from './credit-application.js';

describe('credit', () => {
  it('pays a total as far as it goes', () => {
    expect(applyCredit(200n, 175n)).toEqual({ applied: 175n, due: 25n, left: 0n });
    expect(applyCredit(200n, 300n)).toEqual({ applied: 200n, due: 0n, left: 100n });
    expect(applyCredit(200n, -5n)).toEqual({ applied: 0n, due: 200n, left: -5n });
    expect(applyCredit(-50n, 300n)).toEqual({ applied: 0n, due: 0n, left: 300n });
  });

  it('is never more than was paid and not yet given back', () => {
    expect(capCredit({ potential: 100n, paid: 200n, alreadyCredited: 180n })).toBe(20n);
    expect(capCredit({ potential: 100n, paid: 200n, alreadyCredited: 250n })).toBe(0n);
  });
});

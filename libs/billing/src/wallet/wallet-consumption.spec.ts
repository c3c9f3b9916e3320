import { describe, expect, it } from '@jest/globals';
import { consumeWallet } from './wallet-consumption.js';

describe('a wallet', () => {
  const grants = [
    { id: 'bought', amount: 70n, priority: 2, sequence: 1 },
    { id: 'given', amount: 30n, priority: 1, sequence: 2 },
    { id: 'older', amount: 10n, priority: 2, sequence: 0 },
  ];

  it('is used by priority, then age, and says which grant paid what', () => {
    const { fundings, remaining } = consumeWallet(grants, [35n, 20n]);
    expect(fundings.map((funding) => Object.fromEntries(funding))).toEqual([
      { given: 30n, older: 5n },
      { older: 5n, bought: 15n },
    ]);
    expect(Object.fromEntries(remaining)).toEqual({ bought: 55n, given: 0n, older: 0n });
  });

  it('pays no more than it has', () => {
    const { fundings } = consumeWallet(grants, [200n, 1n]);
    expect([...fundings[0]!.values()].reduce((total, amount) => total + amount, 0n)).toBe(110n);
    expect(fundings[1]!.size).toBe(0);
  });
});

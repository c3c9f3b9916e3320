import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyCommitDrawdown, type Commit } from './commit-drawdown.js';

fc.configureGlobal({ seed: 8 });

describe('a draw-down', () => {
  const commit = (id: string, remaining: bigint, change: Partial<Commit> = {}): Commit => ({
    id,
    remaining,
    priority: 1,
    ...change,
  });

  it('goes by priority, then by end, then as given', () => {
    const commits = [
      commit('late', 10n),
      commit('soon', 10n, { expiresOn: '2026-01-31' }),
      commit('first', 10n, { priority: 0 }),
    ];
    const { draws, due } = applyCommitDrawdown([{ id: 'line', amount: 25n }], commits);
    expect(draws.map(({ commitId, amount }) => [commitId, amount])).toEqual([
      ['first', 10n],
      ['soon', 10n],
      ['late', 5n],
    ]);
    expect(due.get('line')).toBe(0n);
  });

  it('leaves lines of other tags to pay for themselves', () => {
    const { due, remaining } = applyCommitDrawdown(
      [
        { id: 'compute', amount: 30n, tags: ['compute'] },
        { id: 'support', amount: 10n },
      ],
      [commit('c', 100n, { tags: ['compute', 'storage'] })],
    );
    expect([...due]).toEqual([
      ['compute', 0n],
      ['support', 10n],
    ]);
    expect(remaining.get('c')).toBe(70n);
  });

  it('draws what lines no longer owe, and nothing else', () => {
    const some = fc.array(fc.bigInt({ min: 0n, max: 100n }), { maxLength: 6 });
    fc.assert(
      fc.property(some, some, (amounts, left) => {
        const lines = amounts.map((amount, index) => ({ id: `l${index}`, amount }));
        const commits = left.map((remaining, index) => commit(`c${index}`, remaining, { priority: index % 2 }));
        const { draws, due, remaining } = applyCommitDrawdown(lines, commits);
        const drawn = draws.reduce((total, { amount }) => total + amount, 0n);
        expect(lines.reduce((total, { id, amount }) => total + amount - due.get(id)!, 0n)).toBe(drawn);
        expect(commits.reduce((total, { id, remaining: before }) => total + before - remaining.get(id)!, 0n)).toBe(
          drawn,
        );
        expect([...due.values(), ...remaining.values()].every((amount) => amount >= 0n)).toBe(true);
      }),
    );
  });
});

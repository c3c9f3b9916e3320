import { Decimal, refuse } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { adapter, NonGoal, nonGoal, type Adapters } from './adapter.js';
import { matches } from './comparison.js';
import { ADAPTERS } from './registry.js';
import { report } from './report.js';
import { runVector } from './run.js';
import { readVectors, type Vector } from './vector.js';
import { kindsOfWhatBills } from './what-bills.js';

const CASES = 'test/vectors/cases';
const vectors = readVectors(process.env['VECTORS'] ?? CASES);
const kinds = Map.groupBy(vectors, ({ kind }) => kind);

describe('the real cases', () => {
  it('are all of kinds that somebody knows', () => {
    expect([...kinds.keys()].filter((kind) => !Object.hasOwn(ADAPTERS, kind))).toEqual([]);
  });

  for (const [kind, adapted] of Object.entries(ADAPTERS)) {
    it(`${kind} come out right`, () => {
      const wrong = (kinds.get(kind) ?? [])
        .map((vector) => ({ id: vector.id, ...runVector(vector, ADAPTERS) }))
        .filter(({ status }) => status !== 'passed' && status !== 'non_goal');
      expect(wrong).toEqual([]);
    });
    if (!(adapted instanceof NonGoal)) continue;
    it(`${kind} are documented as no goal`, () => {
      expect(readFileSync('docs/conventions.md', 'utf8')).toContain(`\`${kind}\``);
    });
  }
});

describe('what cases go through', () => {
  /** May only grow: whoever has a process call what a kind tries, or tries what processes call, writes the new number here. */
  const THROUGH_WHAT_BILLS = 535;

  it('bills customers as often as ever', () => {
    const whatBills = kindsOfWhatBills();
    const passed = readVectors(CASES).filter(
      (vector) => whatBills.has(vector.kind) && runVector(vector, ADAPTERS).status === 'passed',
    );
    expect(passed.length).toBeGreaterThanOrEqual(THROUGH_WHAT_BILLS);
  });

  it('is told of kinds that somebody knows, and not of all', () => {
    const whatBills = kindsOfWhatBills();
    expect([...whatBills].filter((kind) => !Object.hasOwn(ADAPTERS, kind))).toEqual([]);
    expect(whatBills).toContain('graduated');
    expect(whatBills).not.toContain('dunning_dates');
  });
});

describe('a case that another rule rounds', () => {
  const halfOf = (price: string) => ({
    id: price,
    kind: 'day_fraction',
    input: {
      price,
      quantity: '1',
      decimals: 2,
      sign: -1,
      used_from: '2026-02-15',
      used_to: '2026-03-01',
      period_from: '2026-02-01',
      period_to: '2026-03-01',
    },
    expected: { amount: '-4.98' },
  });

  it('is no goal: what is given back is a difference, and half a unit of it none', () => {
    expect(runVector(halfOf('9.96'), ADAPTERS)).toEqual({ status: 'passed' });
    expect(runVector(halfOf('9.95'), ADAPTERS)).toMatchObject({ status: 'non_goal' });
  });
});

describe('running a case', () => {
  const vector = (kind: string, expected: unknown): Vector => ({
    id: `one-${kind}`,
    kind,
    input: { n: '2' },
    expected,
  });
  const adapters: Adapters = {
    echo: adapter<{ n: string }>(({ n }) => ({ n })),
    refusing: adapter(() => refuse('too_little', 'Too little.')),
    other: nonGoal('It is done otherwise.'),
  };

  it('passes by the value of decimals and tells apart what differs', () => {
    expect(matches({ a: ['4.00', null], b: '2' }, { a: ['4', null], b: Decimal.of(2) })).toBe(true);
    expect(matches({ a: '1' }, { a: '1', b: '2' })).toBe(false);
    expect(matches({ a: '1', b: null }, { a: '1' })).toBe(false);
    expect(matches(['1'], ['1', '2'])).toBe(false);
    expect(matches('001', '1')).toBe(false);
    expect(matches(null, '0')).toBe(false);
  });

  it('answers a refusal by its code', () => {
    expect(runVector(vector('refusing', { error: 'too_little' }), adapters)).toEqual({ status: 'passed' });
  });

  it('tells failures, non-goals and kinds that nobody knows', () => {
    expect(runVector(vector('echo', { n: '3' }), adapters)).toMatchObject({ status: 'failed', got: { n: '2' } });
    expect(runVector(vector('other', {}), adapters)).toEqual({ status: 'non_goal', reason: 'It is done otherwise.' });
    expect(runVector(vector('toString', {}), adapters)).toEqual({ status: 'unknown_kind' });
  });

  it.each([
    ['all pass or are no goal', [vector('echo', { n: '2' }), vector('other', {})], true],
    ['one fails', [vector('echo', { n: '2' }), vector('echo', { n: '3' })], false],
    ['nobody knows the kind', [vector('strange', {})], false],
    ['there are no cases', [], false],
  ])('%s', (_title, cases, right) => {
    const lines: string[] = [];
    expect(report(cases, adapters, new Set(), (line) => lines.push(line))).toBe(right);
    expect(lines.at(-1)).toContain(`${cases.length} cases`);
  });

  it('says which kinds are arithmetic only, and how many cases', () => {
    const lines: string[] = [];
    const cases = [vector('echo', { n: '2' }), vector('other', {}), vector('refusing', { error: 'too_little' })];
    report(cases, adapters, new Set(['echo']), (line) => lines.push(line));
    expect(lines).toContain('echo: 1 passed, 0 failed, 0 non-goal');
    expect(lines).toContain('refusing: 1 passed, 0 failed, 0 non-goal (arithmetic only)');
    expect(lines.at(-2)).toBe('1 passed through what bills, 1 by arithmetic only');
  });
});

import { DomainError } from '#kernel';
import { NonGoal, type Adapters } from './adapter.js';
import { matches } from './comparison.js';
import type { Vector } from './vector.js';

export type Outcome =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly expected: unknown; readonly got: unknown }
  | { readonly status: 'non_goal'; readonly reason: string }
  | { readonly status: 'unknown_kind' };

/** Runs one case through the product. What the product refuses, it answers as `{error: <code>}`. */
export const runVector = (vector: Vector, adapters: Adapters): Outcome => {
  const known = Object.hasOwn(adapters, vector.kind) ? adapters[vector.kind] : undefined;
  if (known === undefined) return { status: 'unknown_kind' };
  if (known instanceof NonGoal) return { status: 'non_goal', reason: known.reason };
  const got = answerOf(() => known(vector));
  if (got instanceof NonGoal) return { status: 'non_goal', reason: got.reason };
  return matches(vector.expected, got) ? { status: 'passed' } : { status: 'failed', expected: vector.expected, got };
};

const answerOf = (answer: () => unknown): unknown => {
  try {
    return answer();
  } catch (error) {
    return error instanceof DomainError ? { error: error.code } : { thrown: String(error) };
  }
};

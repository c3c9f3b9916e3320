import type { Vector } from './vector.js';

/** Brings a case to the product's functions and their answer to the case's shape. It translates; it never calculates. */
export type Adapter = (vector: Vector) => unknown;

/** Why Recount does not follow a rule on purpose; docs/conventions.md says the same. */
export class NonGoal {
  constructor(readonly reason: string) {}
}

export type Adapters = Readonly<Record<string, Adapter | NonGoal>>;

/** An adapter of one kind. `expected` is for cases that ask by it, such as for the balances of some accounts only. */
export const adapter =
  <Input, Expected = unknown>(answer: (input: Input, expected: Expected) => unknown): Adapter =>
  ({ input, expected }) =>
    answer(input as Input, expected as Expected);

/** A kind that is not followed, as a whole. */
export const nonGoal = (reason: string): NonGoal => new NonGoal(reason);

/** Patterns: from the parts of a regular expression to steps that many can take at once. */
import { type Characters, InvalidPattern, type Node } from './syntax.js';

export type Edge = Exclude<Node['kind'], 'one' | 'sequence' | 'either' | 'repeat' | 'look'>;

/** A step goes on to another by its number; `-1` is where a match ends. */
export type Step =
  | { readonly kind: 'one'; readonly of: Characters; readonly next: number }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly next: number }
  | { readonly kind: 'fork'; next: number; readonly other: number };

export const MATCHED = -1;
/** A bound on the time that each character of a text takes, and on memory. */
export const MOST_STEPS = 2_000;

/** The last step is the first to take. */
export const compile = (node: Node): readonly Step[] => {
  const steps: Step[] = [];
  const add = (step: Step): number => {
    if (steps.length > MOST_STEPS) throw new InvalidPattern('It is too complex.');
    return steps.push(step) - 1;
  };

  /** From the end backwards: each part is told where to go on. Returns where it begins. */
  const before = (part: Node, next: number): number => {
    switch (part.kind) {
      case 'one':
        return add({ kind: 'one', of: part.of, next });
      case 'sequence':
        return part.parts.reduceRight((after, one) => before(one, after), next);
      case 'either':
        return part.branches.map((branch) => before(branch, next)).reduceRight(fork);
      case 'repeat':
        return beforeRepeat(part, next);
      case 'look':
        throw new InvalidPattern('It looks ahead elsewhere than at its beginning, after "^".');
      default:
        return add({ kind: 'edge', edge: part.kind, next });
    }
  };

  const fork = (other: number, next: number): number => add({ kind: 'fork', next, other });

  const beforeRepeat = ({ body, least, most }: Extract<Node, { kind: 'repeat' }>, next: number): number => {
    let at = next;
    if (most === Infinity) {
      const loop: Step = { kind: 'fork', next: MATCHED, other: next };
      at = add(loop);
      loop.next = before(body, at);
    } else {
      for (let time = least; time < most; time++) at = fork(next, before(body, at));
    }
    for (let time = 0; time < least; time++) {
      const earlier = before(body, at);
      // What is empty once is empty a billion times.
      if (earlier === at) break;
      at = earlier;
    }
    return at;
  };

  const first = before(node, MATCHED);
  add({ kind: 'fork', next: first, other: first });
  return steps;
};

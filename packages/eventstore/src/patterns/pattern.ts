/**
 * Patterns: regular expressions as .NET writes them, matched in time that grows with the text alone.
 * A backtracking engine lets one client's pattern stop the whole process; here what would need backtracking is refused.
 */
import { Automaton } from './automaton.js';
import { compile, MOST_STEPS } from './compile.js';
import { parsePattern } from './parse.js';
import { InvalidPattern, type Node } from './syntax.js';

export type Matches = (text: string) => boolean;

/** @throws InvalidPattern */
export const matchesPattern = (pattern: string): Matches => {
  const { looks, rest } = withoutLeadingLooks(parsePattern(pattern));
  const conditions = looks.map(({ body, negative }) => ({ found: anchored(body), negative }));
  const found = automaton(rest);
  return (text) => conditions.every((condition) => condition.found(text) !== condition.negative) && found(text);
};

type Look = Extract<Node, { kind: 'look' }>;

/** `^(?!…)rest` asks two questions of the same place, and both can be asked without backtracking. */
const withoutLeadingLooks = (node: Node): { looks: readonly Look[]; rest: Node } => {
  if (node.kind !== 'sequence' || node.parts[0]?.kind !== 'start') return { looks: [], rest: node };
  const [start, ...parts] = node.parts;
  const end = parts.findIndex(({ kind }) => kind !== 'look');
  const looks = parts.slice(0, end < 0 ? parts.length : end) as readonly Look[];
  return { looks, rest: { kind: 'sequence', parts: [start, ...parts.slice(looks.length)] } };
};

const anchored = (body: Node): Matches => automaton({ kind: 'sequence', parts: [{ kind: 'start' }, body] });

const automaton = (node: Node): Matches => {
  const steps = compile(node);
  if (steps.length > MOST_STEPS) throw new InvalidPattern('It is too complex.');
  const built = new Automaton(steps);
  return (text) => built.isFoundIn(text);
};

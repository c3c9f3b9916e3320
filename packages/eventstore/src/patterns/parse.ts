/** Patterns: from the text of a regular expression to its parts. */
import { ANY, ANY_OF_LINE, exactly, ignoringCase } from './characters.js';
import { readClass, readEscape } from './parse-characters.js';
import { type Characters, InvalidPattern, type Node } from './syntax.js';
import { PatternText } from './text.js';

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotIsAny: boolean;
}

const NOTHING: Node = { kind: 'sequence', parts: [] };
/** Deeper ones are refused before they exhaust the stack. */
const DEEPEST = 100;

/** @throws InvalidPattern */
export const parsePattern = (pattern: string): Node => {
  const text = new PatternText(pattern);
  const node = readEither(text, { ignoreCase: false, dotIsAny: false }, 0);
  if (!text.isAtEnd) throw new InvalidPattern('It closes a group that it did not open.');
  return node;
};

const readEither = (text: PatternText, flags: Flags, depth: number): Node => {
  if (depth > DEEPEST) throw new InvalidPattern('Its groups are nested too deeply.');
  let current = flags;
  const branches: Node[] = [];
  do {
    const parts: Node[] = [];
    while (!text.isAtEnd && text.next !== '|' && text.next !== ')') {
      const changed = readFlags(text, current);
      if (changed === undefined) parts.push(readQuantified(text, current, depth));
      else current = changed;
    }
    branches.push(parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts });
  } while (text.take('|'));
  return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: 'either', branches };
};

/** `(?i)`, which holds for the rest of its group. */
const readFlags = (text: PatternText, flags: Flags): Flags | undefined => {
  const found = text.takeMatch(/\(\?([is]*)(?:-([is]+))?\)/y);
  return found && changedBy(flags, found[1], found[2]);
};

const changedBy = (flags: Flags, on = '', off = ''): Flags => ({
  ignoreCase: (flags.ignoreCase || on.includes('i')) && !off.includes('i'),
  dotIsAny: (flags.dotIsAny || on.includes('s')) && !off.includes('s'),
});

const readQuantified = (text: PatternText, flags: Flags, depth: number): Node => {
  let node = readOne(text, flags, depth);
  let isQuantified = false;
  for (let range = readRange(text); range !== undefined; range = readRange(text)) {
    if (isQuantified) throw new InvalidPattern('It repeats a repetition.');
    if (node.kind === 'look') throw new InvalidPattern('It repeats what has no length.');
    isQuantified = true;
    node = { kind: 'repeat', body: node, ...range };
    // Whether it takes much or little makes no difference to whether it matches.
    text.take('?');
  }
  return node;
};

const readRange = (text: PatternText): { least: number; most: number } | undefined => {
  if (text.take('*')) return { least: 0, most: Infinity };
  if (text.take('+')) return { least: 1, most: Infinity };
  if (text.take('?')) return { least: 0, most: 1 };
  const found = text.takeMatch(/\{([0-9]{1,9})(,([0-9]{0,9}))?\}/y);
  if (found === undefined) return undefined;
  const least = Number(found[1]);
  const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3]);
  if (most < least) throw new InvalidPattern('It repeats from more to less.');
  return { least, most };
};

const readOne = (text: PatternText, flags: Flags, depth: number): Node => {
  const one = (characters: Characters): Node => ({
    kind: 'one',
    of: flags.ignoreCase ? ignoringCase(characters) : characters,
  });
  const character = text.read();
  switch (character) {
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '.':
      return { kind: 'one', of: flags.dotIsAny ? ANY : ANY_OF_LINE };
    case '(':
      return readGroup(text, flags, depth);
    case '[':
      return one(readClass(text));
    case '\\':
      return readEdge(text) ?? one(readEscape(text));
    case '*':
    case '+':
    case '?':
      throw new InvalidPattern('It repeats nothing.');
    default:
      return one(exactly(character));
  }
};

const EDGES = { A: 'start', Z: 'end', z: 'very_end', b: 'word_edge', B: 'no_word_edge' } as const;

const readEdge = (text: PatternText): Node | undefined => {
  const found = text.takeMatch(/[AZzbB]/y);
  return found && { kind: EDGES[found[0] as keyof typeof EDGES] };
};

const readGroup = (text: PatternText, flags: Flags, depth: number): Node => {
  if (text.takeMatch(/\?#[^)]*\)/y)) return NOTHING;
  const look = text.takeMatch(/\?([=!])/y);
  const inner = look === undefined ? readGroupFlags(text, flags) : flags;
  const body = readEither(text, inner, depth + 1);
  if (!text.take(')')) throw new InvalidPattern('It opens a group that it does not close.');
  return look === undefined ? body : { kind: 'look', body, negative: look[1] === '!' };
};

/** What stands between a group's opening and its contents. */
const readGroupFlags = (text: PatternText, flags: Flags): Flags => {
  const found = text.takeMatch(/\?([is]*)(?:-([is]+))?:/y);
  if (found !== undefined) return changedBy(flags, found[1], found[2]);
  if (text.next === '?' && text.takeMatch(/\?(?:<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/y) === undefined) {
    throw new InvalidPattern('It has a kind of group that is not known here.');
  }
  return flags;
};

/** Patterns: escapes and classes, each of which stands for one character. */
import { between, category, CONTROLS, exactly, NAMED_SETS, not } from './characters.js';
import { type Characters, InvalidPattern } from './syntax.js';
import { type PatternText } from './text.js';

/** After the backslash. */
export const readEscape = (text: PatternText): Characters => {
  const set = readNamedSet(text);
  return set ?? exactly(readEscapedCharacter(text));
};

/** After the opening bracket. */
export const readClass = (text: PatternText): Characters => {
  const isNegated = text.take('^');
  const sets: Characters[] = [];
  do sets.push(readRange(text));
  while (!text.take(']'));
  const any: Characters = (character) => sets.some((set) => set(character));
  return isNegated ? not(any) : any;
};

const readRange = (text: PatternText): Characters => {
  if (text.takeMatch(/-\[/y)) throw new InvalidPattern('It subtracts one class from another, which is not known here.');
  const set = text.takeMatch(/\\(?=[dDwWsSpP])/y) && readNamedSet(text);
  if (set !== undefined) return set;
  const first = readClassCharacter(text);
  if (text.takeMatch(/-(?=[^\][])/y) === undefined) return exactly(first);
  const last = readClassCharacter(text);
  if (last < first) throw new InvalidPattern(`It has a range from '${first}' to '${last}'.`);
  return between(first, last);
};

const readClassCharacter = (text: PatternText): string => {
  const character = text.read();
  if (character !== '\\') return character;
  return text.take('b') ? '\b' : readEscapedCharacter(text);
};

const readNamedSet = (text: PatternText): Characters | undefined => {
  const named = text.takeMatch(/[dDwWsS]/y);
  if (named !== undefined) return NAMED_SETS[named[0]];
  const found = text.takeMatch(/([pP])\{(\w+)\}/y);
  if (found === undefined) return undefined;
  const characters = category(found[2] ?? '');
  return found[1] === 'P' ? not(characters) : characters;
};

const readEscapedCharacter = (text: PatternText): string => {
  const code = text.takeMatch(/x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/y);
  if (code !== undefined) return String.fromCharCode(parseInt(code[1] ?? code[2] ?? '', 16));
  const octal = text.takeMatch(/0[0-7]{0,2}/y);
  if (octal !== undefined) return String.fromCharCode(parseInt(octal[0], 8));
  const control = text.takeMatch(/c([A-Za-z])/y);
  if (control !== undefined) return String.fromCharCode((control[1] ?? '').toUpperCase().charCodeAt(0) - 64);
  const character = text.read();
  const known = CONTROLS[character];
  if (known !== undefined) return known;
  if (/[1-9k]/.test(character)) throw new InvalidPattern('It refers back to a group, which is not known here.');
  if (/\w/.test(character)) throw new InvalidPattern(`It escapes '${character}', which has no meaning.`);
  return character;
};

/** Patterns: the sets of characters that .NET has names for. */
import { type Characters, InvalidPattern } from './syntax.js';

const oneOf =
  (expression: RegExp): Characters =>
  (character) =>
    expression.test(character);

export const not =
  (characters: Characters): Characters =>
  (character) =>
    !characters(character);

export const exactly =
  (wanted: string): Characters =>
  (character) =>
    character === wanted;

export const between =
  (first: string, last: string): Characters =>
  (character) =>
    character >= first && character <= last;

export const ignoringCase =
  (characters: Characters): Characters =>
  (character) =>
    [character, character.toLowerCase(), character.toUpperCase()].some(characters);

export const ANY_OF_LINE = not(exactly('\n'));
export const ANY: Characters = () => true;

const DIGIT = oneOf(/^\p{Nd}$/u);
export const WORD = oneOf(/^[\p{L}\p{Mn}\p{Nd}\p{Pc}]$/u);
const SPACE = oneOf(/^[\f\n\r\t\v\x85\p{Z}]$/u);

export const NAMED_SETS: Readonly<Record<string, Characters>> = {
  d: DIGIT,
  D: not(DIGIT),
  w: WORD,
  W: not(WORD),
  s: SPACE,
  S: not(SPACE),
};

export const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

/** A general category of Unicode, such as `Lu`. */
export const category = (name: string): Characters => {
  if (!CATEGORY.test(name)) throw new InvalidPattern(`It names characters as '${name}', which is not known here.`);
  return oneOf(new RegExp(`^\\p{${name}}$`, 'u'));
};

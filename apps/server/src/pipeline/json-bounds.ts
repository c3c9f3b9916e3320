import type { Violation } from '#kernel';

const DEPTH_MAX = 64;

/** More than any object of ours has fields, or any map of ours entries. */
export const MEMBERS_MAX = 250;

/** What is wrong is told by names: longer ones would make the answer larger than the request. */
const NAME_BYTES_MAX = 512;

/** A plan with large tables of prices; what is larger is several requests. */
export const VALUES_MAX = 20_000;

/** A thousand readings, each with as many properties as it may have. */
export const ROWS_VALUES_MAX = 150_000;

/** A reading by itself, with room for what is wrong with it. */
export const ROW_VALUES_MAX = 1_000;

/** Bytes of JSON punctuation. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export const tooDeep: Violation = {
  pointer: '',
  code: 'too_deep',
  message: `JSON is nested at most ${DEPTH_MAX} levels deep.`,
};

export const tooManyMembers: Violation = {
  pointer: '',
  code: 'too_many_members',
  message: `An object has at most ${MEMBERS_MAX} fields.`,
};

const nameTooLong: Violation = {
  pointer: '',
  code: 'name_too_long',
  message: `The name of a field has at most ${NAME_BYTES_MAX} bytes.`,
};

export const tooManyValues = (valuesMax: number): Violation => ({
  pointer: '',
  code: 'too_many_values',
  message: `A request has at most ${valuesMax} values: send several.`,
});

export const isTooDeep = (depth: number): boolean => depth > DEPTH_MAX;

/** By depth, of one body at a time: each level is set as it begins. */
const members = new Uint32Array(DEPTH_MAX + 1);
const isObject = new Uint8Array(DEPTH_MAX + 1);

/**
 * What is more of it than anybody has a use for. The work that a text makes follows from its values, not from its bytes: bytes are
 * scanned, skipping strings, since parsing first would be too late.
 */
export const excessIn = (body: Buffer, valuesMax: number): Violation | null => {
  let depth = 0;
  let values = 1;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    switch (byte) {
      case QUOTE: {
        const end = endOfString(body, index);
        if (end - index > NAME_BYTES_MAX + 1 && isName(body, end)) return nameTooLong;
        index = end;
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        if (isTooDeep(depth)) return tooDeep;
        members[depth] = 1;
        isObject[depth] = byte === OPEN_BRACE ? 1 : 0;
        if (++values > valuesMax) return tooManyValues(valuesMax);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        // What closes more than was opened is no JSON, as its parser will say.
        depth = Math.max(0, depth - 1);
        break;
      case COMMA:
        if (++values > valuesMax) return tooManyValues(valuesMax);
        if (isObject[depth] === 1 && ++members[depth]! > MEMBERS_MAX) return tooManyMembers;
        break;
      default:
    }
  }
  return null;
};

const endOfString = (body: Buffer, start: number): number => {
  let index = start + 1;
  while (index < body.length && body[index] !== QUOTE) index += body[index] === BACKSLASH ? 2 : 1;
  return index;
};

/** What a colon follows. */
const isName = (body: Buffer, end: number): boolean => {
  let next = end + 1;
  while (next < body.length && body[next]! <= SPACE) next += 1;
  return body[next] === COLON;
};

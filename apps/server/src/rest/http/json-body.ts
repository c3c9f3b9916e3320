import { DomainError } from '#kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pointerTo } from './json-pointer.js';

/** A thousand readings with generous properties; larger batches are several requests. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

const DEPTH_MAX = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes of JSON punctuation. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** An escape that may stand for NUL or for half a surrogate pair. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|d[89a-f])/i;

type Parser = ReturnType<FastifyInstance['getDefaultJsonParser']>;

/**
 * JSON that the rest of the house can trust: valid UTF-8, not nested beyond reason (later recursion would overflow),
 * without prototypes, NUL or lone surrogates.
 */
export const parseJsonBody =
  (parser: Parser) => (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    if (body.length === 0) return done(null, undefined);
    if (isTooDeep(body)) return done(invalid('too_deep', `JSON is nested at most ${DEPTH_MAX} levels deep.`));
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      return done(invalid('invalid_encoding', 'The body is not valid UTF-8.'));
    }
    void parser(request, text, (error, value) => {
      if (error) return done(invalid('invalid_json', 'The body is not JSON, or names a prototype.'));
      const pointer = SUSPICIOUS_ESCAPE.test(text) || text.includes('\0') ? unstorableText(value, '') : null;
      if (pointer === null) return done(null, value);
      done(invalid('invalid_text', 'A text holds NUL or half a surrogate pair.', pointer));
    });
  };

const invalid = (code: string, message: string, pointer = ''): DomainError =>
  new DomainError('invalid_request', message, 'invalid', [{ pointer, code, message }]);

/** Scans bytes, skipping strings: parsing first would be too late. */
const isTooDeep = (body: Buffer): boolean => {
  let depth = 0;
  for (let index = 0; index < body.length; index++) {
    switch (body[index]) {
      case QUOTE:
        index = endOfString(body, index);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        if (depth > DEPTH_MAX) return true;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1;
        break;
      default:
    }
  }
  return false;
};

const endOfString = (body: Buffer, start: number): number => {
  let index = start + 1;
  while (index < body.length && body[index] !== QUOTE) index += body[index] === BACKSLASH ? 2 : 1;
  return index;
};

/** JSON pointer of the first text, key or value, that Postgres or UTF-8 could not hold. */
const unstorableText = (value: unknown, pointer: string): string | null => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? null : pointer;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = unstorableText(key, pointer) ?? unstorableText(member, pointerTo(pointer, key));
    if (found !== null) return found;
  }
  return null;
};

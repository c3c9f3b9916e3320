import { DomainError, type Violation } from '#kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayHoldExactNumbers, parseExactly } from './exact-numbers.js';
import { excessIn, ROW_VALUES_MAX, ROWS_VALUES_MAX, VALUES_MAX } from './json-bounds.js';
import { pointerTo } from './json-pointer.js';

/** A thousand readings with generous properties; larger batches are several requests. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** An escape that may stand for NUL or for half a surrogate pair. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|d[89a-f])/i;

type Parser = ReturnType<FastifyInstance['getDefaultJsonParser']>;

/**
 * JSON that the rest of the house can trust: valid UTF-8, of bounded depth (later recursion would overflow) and number of values,
 * without prototypes, NUL or lone surrogates.
 */
export const parseJsonBody =
  (parser: Parser) =>
  (request: Partial<FastifyRequest>, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    if (body.length === 0) return done(null, undefined);
    const excess = excessIn(body, valuesMaxOf(request.routeOptions?.config.operation));
    if (excess) return done(invalid(excess.code, excess.message));
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      return done(invalid('invalid_encoding', 'The body is not valid UTF-8.'));
    }
    if (isCheckedByRow(request)) return parseRows(text, done);
    void parser(request as FastifyRequest, text, (error, value) => {
      if (error) return done(invalid('invalid_json', 'The body is not JSON, or names a prototype.'));
      const found = mayBeUnstorable(text) ? unstorableText(value, '') : null;
      if (found === null) return done(null, mayHoldExactNumbers(text) ? parseExactly(text) : value);
      done(new DomainError('invalid_request', found.message, 'invalid', [found]));
    });
  };

/** Operations that look at each row of their body by itself: only what is no JSON is refused whole. */
const CHECKED_BY_ROW: ReadonlySet<unknown> = new Set(['RecordUsage']);

/** How many values a request of an operation has at the most, by whatever door it comes. */
export const valuesMaxOf = (operation: string | undefined): number =>
  CHECKED_BY_ROW.has(operation) ? ROWS_VALUES_MAX : VALUES_MAX;

/** Whether a request may be a stream of rows, or say its rows otherwise than as JSON of ours. */
export const isCheckedByRow = ({ routeOptions }: Partial<FastifyRequest>): boolean =>
  CHECKED_BY_ROW.has((routeOptions?.config as { readonly operation?: unknown } | undefined)?.operation);

/** Bodies in which a text may hold what cannot be stored, or a name that every object has. */
const suspicious = new WeakSet<object>();

const parseRows = (text: string, done: (error: Error | null, value?: unknown) => void): void => {
  let value: unknown;
  try {
    value = mayHoldExactNumbers(text) ? parseExactly(text) : JSON.parse(text);
  } catch {
    return done(invalid('invalid_json', 'The body is not JSON.'));
  }
  if (typeof value === 'object' && value !== null && (mayBeUnstorable(text) || PROTOTYPE.test(text)))
    suspicious.add(value);
  done(null, value);
};

/** A document of its own on a line; where it is none, with what is wrong with it. */
export const jsonLine = (line: Buffer): { readonly value: unknown; readonly violation: Violation | null } => {
  const broken = (code: string, message: string) => ({ value: null, violation: { pointer: '', code, message } });
  const excess = excessIn(line, ROW_VALUES_MAX);
  if (excess) return { value: null, violation: excess };
  try {
    const text = utf8.decode(line);
    const value: unknown = mayHoldExactNumbers(text) ? parseExactly(text) : JSON.parse(text);
    return { value, violation: mayBeUnstorable(text) || PROTOTYPE.test(text) ? unstorableText(value, '') : null };
  } catch (error) {
    return error instanceof TypeError
      ? broken('invalid_encoding', 'The line is not valid UTF-8.')
      : broken('invalid_json', 'The line is not JSON.');
  }
};

/** Whether rows of the body have to be looked at one by one. */
export const mayHoldUnstorable = (body: object): boolean => suspicious.has(body);

/** What is wrong with a row of such a body before any schema looks at it. */
export const unstorableRow = (body: object, row: unknown, pointer: string): Violation | null =>
  suspicious.has(body) ? unstorableText(row, pointer) : null;

/** The name itself, or an escape that one of its letters may hide behind. */
const PROTOTYPE = /__proto__|\\u00[567]/i;

const mayBeUnstorable = (text: string): boolean => SUSPICIOUS_ESCAPE.test(text) || text.includes('\0');

const invalid = (code: string, message: string, pointer = ''): DomainError =>
  new DomainError('invalid_request', message, 'invalid', [{ pointer, code, message }]);

/** The first text, key or value, that Postgres or UTF-8 could not hold, or that would be taken for the prototype of its object. */
const unstorableText = (value: unknown, pointer: string): Violation | null => {
  if (typeof value === 'string') {
    if (value.isWellFormed() && !value.includes('\0')) return null;
    return { pointer, code: 'invalid_text', message: 'A text holds NUL or half a surrogate pair.' };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const at = pointerTo(pointer, key);
    if (key === '__proto__')
      return { pointer: at, code: 'reserved_name', message: `No field can have the name “${key}”.` };
    const found = unstorableText(key, pointer) ?? unstorableText(member, at);
    if (found !== null) return found;
  }
  return null;
};

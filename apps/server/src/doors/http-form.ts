import type { Violation } from '#kernel';
import type { DeclaredRoute } from '../pipeline/declared-route.js';
import { pointerTo } from '../pipeline/json-pointer.js';
import { invalidRequest } from '../pipeline/validation.js';
import { pathSegment } from '../pipeline/request-path.js';

export type Payload = Readonly<Record<string, unknown>>;

/** A command or query as the REST door takes it. */
export interface HttpForm {
  readonly method: DeclaredRoute['method'];
  readonly url: string;
  /** Absent where the method has none. */
  readonly body?: Payload;
}

/**
 * Lays the fields of a payload where the route declares them: in the path, in the query string, the rest in the body, or in the
 * query string of what has no body. Fields that nobody declares end up where unknown ones are refused.
 * @throws DomainError `invalid_request`
 */
export const httpForm = (route: DeclaredRoute, payload: Payload): HttpForm => {
  const rest = new Map(Object.entries(payload));
  const take = (name: string): unknown => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const path = route.path.split('/').map((part) => {
    if (!part.startsWith(':')) return part;
    const name = part.slice(1);
    return pathSegment(namedIn(take(name), name));
  });
  const hasBody = route.method !== 'GET';
  const asked = new URLSearchParams();
  for (const name of hasBody ? route.queryFields : [...rest.keys()]) {
    const value = take(name);
    if (value !== undefined) for (const [field, text] of queryFields(value, name)) asked.append(field, text);
  }
  return {
    method: route.method,
    url: `/${path.join('/')}${asked.size === 0 ? '' : `?${asked.toString()}`}`,
    ...(hasBody ? { body: Object.fromEntries(rest) } : {}),
  };
};

/** Whether every field of a command goes into the body of its request. */
export const isBodyWhole = ({ method, path, queryFields }: DeclaredRoute): boolean =>
  method !== 'GET' && !path.includes(':') && queryFields.size === 0;

const wrong = (name: string, code: string, message: string): Violation => ({
  pointer: pointerTo('', name),
  code,
  message,
});

/** What an id or key of a path says. A segment of dots would be taken for a step in the path. */
const namedIn = (value: unknown, name: string): string => {
  if (value === undefined || value === '') throw invalidRequest([wrong(name, 'required', `“${name}” is missing.`)]);
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '.' || text === '..') {
    throw invalidRequest([wrong(name, 'invalid_string', `“${name}” is a text that names something.`)]);
  }
  return text;
};

/** A map has a field for each of its members, as in `metadata[tier]=gold`. */
const queryFields = (value: unknown, name: string): (readonly [string, string])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([key, member]) => [`${name}[${key}]`, queryText(member, name)] as const)
    : [[name, queryText(value, name)]];

/** Lists are separated by commas, as in `status=open,paid`. */
const queryText = (value: unknown, name: string): string => {
  if (Array.isArray(value)) return value.map((member) => queryText(member, name)).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidRequest([
    wrong(name, 'invalid_string', `“${name}” is a text, a number, a truth value or a list of these.`),
  ]);
};

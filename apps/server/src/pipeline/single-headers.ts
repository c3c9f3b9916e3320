import { refuseAt } from '#kernel';

/** Headers that say one thing: two values contradict each other, and the same one twice is what a proxy made. */
const SINGLE_HEADERS = [
  'authorization',
  'idempotency-key',
  'if-match',
  'recount-consistent-with',
  'last-event-id',
  'x-reason',
] as const;

type SingleHeader = (typeof SINGLE_HEADERS)[number];

/** A sentence may well hold a comma and a blank. */
const FREE_TEXTS: ReadonlySet<SingleHeader> = new Set(['x-reason']);

/** All values of each header, by lower-case names. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>;

const LENGTHS: ReadonlySet<number> = new Set(SINGLE_HEADERS.map(({ length }) => length));

/** Of headers as they came, names and values in turn: those that Node joins or forgets, too. */
export const singleHeadersIn = (rawHeaders: readonly string[]): HeaderValues => {
  const found: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (LENGTHS.has(name.length)) (found[name.toLowerCase()] ??= []).push(rawHeaders[index + 1]!);
  }
  return found;
};

/** @throws DomainError `header_repeated` */
export const refuseRepeatedHeaders = (headers: HeaderValues): void => {
  for (const name of SINGLE_HEADERS) if (isRepeated(name, headers[name] ?? [])) refuseRepeated(name);
};

const isRepeated = (name: SingleHeader, values: readonly string[]): boolean =>
  values.length > 1 || (!FREE_TEXTS.has(name) && values.some(isJoined));

/** Proxies join what came twice by a comma, most of them with a blank after it; without one, it is known by its like parts. */
const isJoined = (value: string): boolean => {
  if (!value.includes(',')) return false;
  const parts = value.split(',').map((part) => part.trim());
  return value.includes(', ') || new Set(parts).size === 1;
};

const refuseRepeated = (name: SingleHeader): never =>
  refuseAt(
    `/headers/${name}`,
    'header_repeated',
    `The header ${name} has one value, and came with several.`,
    'invalid',
  );

import { DomainError, parseInstant, parseLocalDate, refuseAt } from '#kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { isExactNumber } from './exact-numbers.js';
import { pointerTo } from './json-pointer.js';
import { parses, rule } from './rules.js';

type Read = (value: never, pointer: string) => unknown;

/** How fields are read, by the class that declares them. */
const readings = new Map<object, Map<string, Read>>();

/** Hands a field on as it is read, once all checks have passed; of a list, each item. `read` is given the pointer to it. */
export const ReadAs =
  (read: Read): PropertyDecorator =>
  (target, property) => {
    const own = readings.get(target) ?? new Map<string, Read>();
    readings.set(target, own.set(String(property), read));
  };

/** An object with names of the caller's own: class-transformer makes a map of it, which is handed on as an object. */
export const MapOf = (type: () => new () => object): PropertyDecorator =>
  // In this order: class-transformer looks at once what it is to make.
  applyDecorators((target: object, property: string | symbol) => {
    Reflect.defineMetadata('design:type', Map, target, property);
  }, Type(type));

/** A text that is checked as it comes, and handed on as it was read. */
export const textField = (check: () => PropertyDecorator, read: (text: string) => unknown) => (): PropertyDecorator =>
  applyDecorators(check(), ApiProperty({ type: String }), ReadAs(read));

export const InstantField = textField(
  rule('invalid_instant', parses(parseInstant), 'This is an RFC 3339 instant that exists: "2026-01-31T00:00:00Z".'),
  parseInstant,
);

export const DateField = textField(
  rule('invalid_date', parses(parseLocalDate), 'This is a day that exists: "2026-01-31".'),
  parseLocalDate,
);

/**
 * What passed the checks as commands and queries take it: fields as they are read, maps as objects, and nothing that was left out.
 * Without a pointer, as in queries, nothing is said of where a field stands that names what is not there.
 * @throws DomainError where a field cannot be read, such as an amount with more digits than its currency has
 */
export const readFields = (value: unknown, pointer?: string): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => readFields(item, memberOf(pointer, index)));
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  const fields: [string, unknown][] = [];
  const members = value instanceof Map ? (value as ReadonlyMap<string, unknown>) : Object.entries(value);
  for (const [name, member] of members) {
    if (member === undefined) continue;
    const at = memberOf(pointer, name);
    const read = member === null ? undefined : readingOf(value, name);
    fields.push([name, read ? readAt(read, member, at) : readFields(member, at)]);
  }
  return Object.fromEntries(fields);
};

const memberOf = (pointer: string | undefined, member: string | number): string | undefined =>
  pointer === undefined ? undefined : pointerTo(pointer, member);

/** A list is read item by item. */
const readAt = (read: Read, value: unknown, pointer: string | undefined): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => readAt(read, item, memberOf(pointer, index)));
  try {
    return read(value as never, pointer ?? '');
  } catch (error) {
    if (pointer === undefined || !(error instanceof DomainError) || error.violations.length > 0) throw error;
    return refuseAt(pointer, error.code, error.message, error.kind);
  }
};

/** Declared by the class, or one that it extends. */
const readingOf = (value: object, name: string): Read | undefined => {
  for (let type = prototypeOf(value); type !== null; type = prototypeOf(type)) {
    const read = readings.get(type)?.get(name);
    if (read) return read;
  }
  return undefined;
};

const prototypeOf = (value: object): object | null => Object.getPrototypeOf(value) as object | null;

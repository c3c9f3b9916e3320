import { DomainError, type Violation } from '#kernel';
import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError, ValidatorOptions } from 'class-validator';
import { boundedErrors } from './bounded-validator.js';
import { CompiledClass } from './compiled-class.js';
import { fieldsOf } from './declared-fields.js';
import { readFields } from './fields.js';
import { MEMBERS_MAX, tooManyMembers } from './json-bounds.js';
import { pointerTo } from './json-pointer.js';
import { NoBody, NoQuery } from './queries.dto.js';

/** Codes of class-validator's own rules; the house's rules are named by their codes. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'required',
  isNotEmpty: 'required',
};

/** Enough to put a request right by; whoever sends a thousand wrong fields gets no thousand answers. */
const TOLD_MAX = 20;

/** Bodies and queries that say nothing have no rules for class-validator to find: any field is one too many. */
const EMPTY = new Set<Type>([NoBody, NoQuery]);

/** What a parameter is declared as that says nothing of fields: it is handed on as it came. */
const UNDECLARED = new Set<unknown>([Object, String, Number, Boolean, undefined]);

export type RequestPart = 'body' | 'query';

/** Answers the instance that a part of a request says. @throws DomainError `invalid_request` */
export type Check = (given: unknown) => object;

/**
 * How a body or query is checked: each wrong thing is told with its pointer, code and sentence. Undefined where it is of no class.
 * @throws TypeError if the class has a rule that is not compiled
 */
export const checkOf = (part: RequestPart, type: Type | undefined): Check | undefined => {
  if (type === undefined || UNDECLARED.has(type)) return undefined;
  const fits = EMPTY.has(type) ? withoutFields : fittingTo(type);
  return part === 'body' ? (given) => fits(objectIn(given)) : (given) => fits(asked(objectIn(given), type));
};

const objectIn = (given: unknown): object => {
  if (given === undefined) return {};
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw invalidRequest([{ pointer: '', code: 'invalid_object', message: 'The body is a JSON object.' }]);
};

/** A body was counted before it was parsed; a query has no other bound than that of its URL. */
const asked = (query: object, type: Type): object => {
  const folded = withFoldedMaps(query, type);
  if (Object.keys(folded).length > MEMBERS_MAX) throw invalidRequest([tooManyMembers]);
  return folded;
};

const withoutFields = (given: object): object => {
  refuseReserved(given);
  const unknown = Object.keys(given).map(unknownField);
  if (unknown.length > 0) throw invalidRequest(unknown);
  return given;
};

/** class-validator explains what was not accepted. It has the last word, too. */
const fittingTo = (type: Type): Check => {
  const compiled = CompiledClass.of(type);
  return (given) => {
    refuseReserved(given as object);
    return compiled.accepted(given as object) ?? explained(type, given as object);
  };
};

const explained = (type: Type, given: object): object => {
  const made = plainToInstance(type, given) as object;
  const errors = boundedErrors(made, STRICT, TOLD_MAX);
  if (errors.length > 0) throw invalidRequest(errors.flatMap((error) => violations(error, '')));
  return made;
};

/** Without the values, what is missing could not be told from what is wrong inside. */
const STRICT: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: true },
};

/** Of routes that carry out no operation, and so have no pipeline of their own. */
export class RequestPipe implements PipeTransform {
  transform(given: unknown, { type: part, metatype }: ArgumentMetadata): unknown {
    if (part !== 'body' && part !== 'query') return given;
    const check = checkOf(part, metatype);
    return check ? readFields(check(given)) : given;
  }
}

/** `metadata[tier]=gold` is a member of the map that the query declares; `createdAt[gte]` is declared as it is. */
const withFoldedMaps = (query: object, type: Type): object => {
  if (!Object.keys(query).some((name) => name.includes('['))) return query;
  const declared = new Set(fieldsOf(type));
  const fields = new Map<string, unknown>();
  const maps = new Map<string, [string, unknown][]>();
  for (const [name, value] of Object.entries(query)) {
    const [, map, key] = /^([^[]+)\[(.*)\]$/su.exec(name) ?? [];
    if (map !== undefined && key !== undefined && !declared.has(name) && declared.has(map)) {
      maps.set(map, [...(maps.get(map) ?? []), [key, value]]);
    } else fields.set(name, value);
  }
  for (const [map, members] of maps) if (!fields.has(map)) fields.set(map, Object.fromEntries(members));
  return Object.fromEntries(fields);
};

const unknownField = (name: string): Violation => ({
  pointer: pointerTo('', name),
  code: 'unknown_field',
  message: `There is no field “${name.slice(0, 64)}” here.`,
});

const refuseReserved = (given: object): void => {
  if (hasReservedName(given)) throw invalidRequest([...reservedNames(given, '')]);
};

const hasReservedName = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasReservedName);
  for (const name of Object.keys(value)) {
    if (name in Object.prototype || hasReservedName((value as Readonly<Record<string, unknown>>)[name])) return true;
  }
  return false;
};

/** Names that every object has already: class-transformer would leave them out without a word. */
function* reservedNames(value: unknown, pointer: string): Generator<Violation> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const at = pointerTo(pointer, name);
    if (!Array.isArray(value) && name in Object.prototype)
      yield { pointer: at, code: 'reserved_name', message: `No field can have the name “${name}”.` };
    yield* reservedNames(member, at);
  }
}

export const invalidRequest = (found: readonly Violation[]): DomainError =>
  new DomainError(
    'invalid_request',
    found[0]?.message ?? 'The request is malformed.',
    'invalid',
    found.slice(0, TOLD_MAX),
  );

const violations = ({ property, value, constraints, children }: ValidationError, parent: string): Violation[] => {
  const pointer = pointerTo(parent, property);
  const rules = Object.keys(constraints ?? {});
  // Decorators run from the last to the first: the first one of a field says what it is, and so the most.
  const rule = rules.findLast((candidate) => candidate !== 'nestedValidation') ?? rules[0];
  if (rule === undefined) return (children ?? []).flatMap((child) => violations(child, pointer));
  if (rule === 'whitelistValidation') return [{ ...unknownField(property), pointer }];
  if (value === undefined) return [{ pointer, code: 'required', message: `“${property}” is missing.` }];
  return [{ pointer, code: CODES[rule] ?? codeOf(rule), message: constraints![rule]! }];
};

/** `isString` → `invalid_string`; the house's rules are in snake case already. */
const codeOf = (rule: string): string =>
  rule.includes('_')
    ? rule
    : rule.replace(/^is/, 'invalid').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

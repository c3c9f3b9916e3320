import { DomainError, type Violation } from '#kernel';
import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError, ValidatorOptions } from 'class-validator';
import { allChecked } from './all-checked.js';
import { boundedErrors } from './bounded-validator.js';
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
const EMPTY = new Set<unknown>([NoBody, NoQuery]);

/** Refuses what a body or query must not say: each wrong thing with its pointer, code and sentence. What may be said is read. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      // Without it, what is missing could not be told from what is wrong inside.
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => violations(error, ''))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' && metadata.type !== 'query') return super.transform(value, metadata);
    if (!this.toValidate(metadata)) return value;
    const asked: unknown = value === undefined ? {} : value;
    const given = metadata.type === 'query' ? withFoldedMaps(asked, metadata.metatype) : asked;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw invalidRequest([{ pointer: '', code: 'invalid_object', message: 'The body is a JSON object.' }]);
    }
    // A body was counted before it was parsed; a query has no other bound than that of its URL.
    if (metadata.type === 'query' && Object.keys(given).length > MEMBERS_MAX) throw invalidRequest([tooManyMembers]);
    const reserved = [...reservedNames(given, '')];
    if (reserved.length > 0) throw invalidRequest(reserved);
    if (!EMPTY.has(metadata.metatype)) {
      const checked: unknown = await super.transform(given, metadata);
      if (metadata.type === 'body') return readFields(checked, '');
      await allChecked();
      return readFields(checked);
    }
    const unknown = Object.keys(given).map(unknownField);
    if (unknown.length > 0) throw invalidRequest(unknown);
    return given;
  }

  protected override validate(object: object, options: ValidatorOptions): Promise<ValidationError[]> {
    return boundedErrors(object, options, TOLD_MAX);
  }
}

/** `metadata[tier]=gold` is a member of the map that the query declares; `createdAt[gte]` is declared as it is. */
const withFoldedMaps = (query: unknown, type: ArgumentMetadata['metatype']): unknown => {
  if (typeof query !== 'object' || query === null || type === undefined) return query;
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

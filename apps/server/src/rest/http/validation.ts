import { DomainError, type Violation } from '#kernel';
import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { NoBody, NoQuery } from './queries.dto.js';

/** Codes of class-validator's own rules; the house's rules are named by their codes. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'required',
  isNotEmpty: 'required',
};

/** Bodies and queries that say nothing have no rules for class-validator to find: any field is one too many. */
const EMPTY = new Set<unknown>([NoBody, NoQuery]);

/** Refuses what a body or query must not say: each wrong thing with its pointer, code and sentence. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => violations(error, ''))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' && metadata.type !== 'query') return super.transform(value, metadata);
    if (!this.toValidate(metadata)) return value;
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      throw invalidRequest([{ pointer: '', code: 'invalid_object', message: 'The body is a JSON object.' }]);
    }
    if (!EMPTY.has(metadata.metatype)) return super.transform(given, metadata);
    const unknown = Object.keys(given).map(unknownField);
    if (unknown.length > 0) throw invalidRequest(unknown);
    return given;
  }
}

const unknownField = (name: string): Violation => ({
  pointer: `/${name}`,
  code: 'unknown_field',
  message: `There is no field “${name.slice(0, 64)}” here.`,
});

export const invalidRequest = (found: readonly Violation[]): DomainError =>
  new DomainError('invalid_request', found[0]?.message ?? 'The request is malformed.', 'invalid', found);

const violations = ({ property, value, constraints, children }: ValidationError, parent: string): Violation[] => {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code: value === undefined && rule !== 'whitelistValidation' ? 'required' : (CODES[rule] ?? codeOf(rule)),
    message: rule === 'whitelistValidation' ? `There is no field “${property.slice(0, 64)}” here.` : message,
  }));
  return [...own, ...(children ?? []).flatMap((child) => violations(child, pointer))];
};

/** `isString` → `invalid_string`; the house's rules are in snake case already. */
const codeOf = (rule: string): string =>
  rule.includes('_')
    ? rule
    : rule.replace(/^is/, 'invalid').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

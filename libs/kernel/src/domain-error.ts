/**
 * What kind of no it is; each door has one table from kinds to its own status codes.
 * `invalid`: the request is malformed. `refused`: well-formed, but a rule forbids it. `conflict`: something else stands there already.
 */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'revision_mismatch'
  | 'refused'
  | 'too_many'
  | 'unavailable'
  | 'behind';

/** One thing that is wrong with a request: a JSON pointer into it, a stable code, a sentence. */
export interface Violation {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal with a stable code (part of the public API) and a sentence for people. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly kind: RefusalKind = 'refused',
    readonly violations: readonly Violation[] = [],
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** Whether that is not about what was asked for: somebody is away, behind or in the way, and the same may be done a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof DomainError && (error.kind === 'unavailable' || error.kind === 'behind');

/** Refuses as an expression, so that a check can stand in a `return`. */
export const refuse = (code: string, message: string, kind: RefusalKind = 'refused'): never => {
  throw new DomainError(code, message, kind);
};

/** Refuses what is well-formed but wrong at one place of the request. */
export const refuseAt = (pointer: string, code: string, message: string, kind: RefusalKind = 'refused'): never => {
  throw new DomainError(code, message, kind, [{ pointer, code, message }]);
};

export const notFound = (thing: string, id: string): never =>
  refuse(`${thing}_not_found`, `There is no ${thing.replaceAll('_', ' ')} “${id.slice(0, 128)}”.`, 'not_found');

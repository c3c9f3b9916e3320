import { DomainError, type RefusalKind } from '#kernel';

/** Why one account could not be billed, where others can. */
export interface Failure {
  readonly code: string;
  readonly detail: string;
  readonly kind: RefusalKind;
}

export const CONTENTION: Failure = {
  code: 'too_much_contention',
  detail: 'The account kept changing while it was billed.',
  kind: 'unavailable',
};

export const failureOf = (error: unknown): Failure =>
  error instanceof DomainError
    ? { code: error.code, detail: error.message, kind: error.kind }
    : { code: 'internal_error', detail: error instanceof Error ? error.message : String(error), kind: 'refused' };

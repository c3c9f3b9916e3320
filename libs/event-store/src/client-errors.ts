import {
  AccessDeniedError,
  InvalidArgumentError,
  isCommandError,
  MaxAppendSizeExceededError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
  UnknownError,
  UnsupportedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';

import { AppendRefused, EventLogUnavailable } from '#kernel';

/**
 * What a failed append means: `not_sent`, the log never saw it; `refused`, it answered and would answer the same again;
 * `unknown`, the events may or may not be in the log.
 */
export type AppendFailure = 'wrong_revision' | 'refused' | 'not_sent' | 'unknown';

/** Our own patience with one attempt is at its end. */
export class AttemptTimedOut extends Error {
  override readonly name = 'AttemptTimedOut';

  constructor() {
    super('No answer came in time.');
  }
}

const REFUSALS = [
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
  UnsupportedError,
];

export const appendFailureOf = (error: unknown): AppendFailure => {
  if (error instanceof WrongExpectedVersionError) return 'wrong_revision';
  if (REFUSALS.some((refusal) => error instanceof refusal) || isUnrecognizedAnswer(error)) return 'refused';
  return isFromBeforeSending(error) ? 'not_sent' : 'unknown';
};

/** An answer to this very append of a kind that the package has no error for; what a broken call leaves has a code. */
const isUnrecognizedAnswer = (error: unknown): boolean =>
  error instanceof UnknownError && error.code === undefined && error.message !== '';

/** The package converts the errors of its calls, but not those of connecting and of asking what the server can do. */
const isFromBeforeSending = (error: unknown): error is Error =>
  error instanceof Error && !isCommandError(error) && !(error instanceof AttemptTimedOut);

const UNAVAILABLE: number = status.UNAVAILABLE;

/** The package keeps the answer to what the server can do, also when it is an error, except this one: it then asks no more. */
export const isPoison = (error: unknown): boolean =>
  isFromBeforeSending(error) && 'code' in error && typeof error.code === 'number' && error.code !== UNAVAILABLE;

export const unavailable = (failed: string, error: unknown): EventLogUnavailable => {
  if (error instanceof EventLogUnavailable) return error;
  return new EventLogUnavailable(`${failed}: ${reasonOf(error)}`, { cause: error });
};

export const refused = (failed: string, error: unknown): AppendRefused =>
  new AppendRefused(
    error instanceof MaxAppendSizeExceededError ? 'too_large' : 'not_allowed',
    `${failed}: ${reasonOf(error)}`,
    { cause: error },
  );

/** Some errors of the package say only by their type what they are. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return isCommandError(error) ? error.type : error.name;
};

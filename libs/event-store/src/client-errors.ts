import {
  AccessDeniedError,
  InvalidArgumentError,
  isCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
  StreamNotFoundError,
  UnsupportedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';

import { AppendRefused, EventLogDenied, EventLogFull, EventLogUnavailable } from '#kernel';

import { ProtocolSurprise } from './channel/surprise.js';

/**
 * What a failed append means: `not_sent`, the log never saw it; `refused`, it answered and would answer the same again; `denied`,
 * it lacks a right; `full`, it has no room for it now;
 * `unknown`, the events may or may not be in the log.
 */
export type AppendFailure = 'wrong_revision' | 'refused' | 'denied' | 'full' | 'not_sent' | 'unknown';

/** Our own patience with one attempt is at its end. */
export class AttemptTimedOut extends Error {
  override readonly name = 'AttemptTimedOut';

  constructor() {
    super('No answer came in time.');
  }
}

const REFUSALS = [
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
  UnsupportedError,
];

/**
 * What the package has no error for is no refusal: a node that is no longer the leader, or not one yet, answers in words of its
 * own, and the same append may be in the log all the same, or taken by another node.
 */
export const appendFailureOf = (error: unknown): AppendFailure => {
  if (error instanceof WrongExpectedVersionError) return 'wrong_revision';
  if (REFUSALS.some((refusal) => error instanceof refusal)) return 'refused';
  if (error instanceof AccessDeniedError) return 'denied';
  if (isDiskFull(error)) return 'full';
  return isFromBeforeSending(error) ? 'not_sent' : 'unknown';
};

/** The package has no error for it, but shows what the embedded store calls it. */
const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && isCommandError(error) && error.message.includes('DiskFull');

/** Whether an answer is that of a server that does its work: asked again, it would say the same. */
export const isAnswer = (error: unknown): boolean =>
  [WrongExpectedVersionError, AccessDeniedError, StreamNotFoundError, ...REFUSALS].some(
    (answer) => error instanceof answer,
  );

/** Whether a read failed by its node, so that another one may do. What surprised the channel the package may know: it is the same node. */
export const isOfItsNode = (error: unknown): boolean => !isAnswer(error) && !(error instanceof ProtocolSurprise);

/** The package converts the errors of its calls, but not those of connecting and of asking what the server can do. */
const isFromBeforeSending = (error: unknown): error is Error =>
  error instanceof Error &&
  !isCommandError(error) &&
  !(error instanceof AttemptTimedOut) &&
  !(error instanceof ProtocolSurprise);

/** Where a node says to ask instead of itself. */
export const leaderNamedBy = (error: unknown): string | undefined =>
  error instanceof NotLeaderError ? `${error.leader.address}:${error.leader.port}` : undefined;

export const unavailable = (failed: string, error: unknown): EventLogUnavailable => {
  if (error instanceof EventLogUnavailable) return error;
  if (error instanceof AccessDeniedError) {
    const reason = Number(error.code) === Number(status.UNAUTHENTICATED) ? 'unknown_user' : 'lacks_right';
    return new EventLogDenied(`${failed}: ${reasonOf(error)}`, reason, { cause: error });
  }
  return new EventLogUnavailable(`${failed}: ${reasonOf(error)}`, { cause: error });
};

export const full = (stream: string, error: unknown): EventLogFull =>
  new EventLogFull(`The disk of the event log is full: an append to ${stream} was not taken.`, { cause: error });

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

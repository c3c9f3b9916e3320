/** Services: how a call is refused, by gRPC status and the trailers that clients tell refusals apart by. */
import { Metadata, status } from '@grpc/grpc-js';

import { MalformedMessage } from '../codec/fields.js';
import { MissingProperty } from '../codec/proposed-event.js';
import { NoInterval } from '../codec/read-requests.js';
import { type ExpectedRevision } from '../semantics/append-decision.js';
import { InvalidPattern } from '../patterns/syntax.js';
import { ForwardFromEnd } from '../semantics/read-span.js';
import { StreamDeleted } from '../semantics/streams.js';
import { DamagedRecord } from '../storage/sealed-record.js';
import { NoRoom } from '../storage/storage.js';
import { AppendTooBig, EventTooBig } from './proposed-append.js';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    message: string,
    trailers: Readonly<Record<string, string | Buffer>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.details = message;
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }
}

/** Trailers are printable ASCII; stream names need not be. The server falls over those that are not, and so says no more. */
const naming = (stream: string, code: status, message: string, trailers: Readonly<Record<string, string>>): Refusal =>
  /^[ -~]*$/u.test(stream)
    ? new Refusal(code, message, { ...trailers, 'stream-name': stream })
    : new Refusal(status.UNKNOWN, 'Exception was thrown by handler.');

export const streamDeleted = ({ stream, message }: StreamDeleted): Refusal =>
  naming(stream, status.FAILED_PRECONDITION, message, { exception: 'stream-deleted' });

/** For deletions; an append answers a conflict with a message of its own. Clients read the numbers out of the sentence, too. */
export const wrongExpectedVersion = (stream: string, expected: ExpectedRevision, current: number): Refusal => {
  const version = expectedVersion(expected);
  const message = `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${version}, Actual version: ${current}`;
  return naming(stream, status.FAILED_PRECONDITION, message, {
    exception: 'wrong-expected-version',
    'expected-version': String(version),
    'actual-version': String(current),
  });
};

/** As the protocol counts what an append expects. */
export const expectedVersion = (expected: ExpectedRevision): bigint =>
  typeof expected === 'bigint' ? expected : EXPECTED_VERSIONS[expected];

const EXPECTED_VERSIONS = { no_stream: -1n, any: -2n, stream_exists: -4n };

export const writeTimedOut = (): Refusal => new Refusal(status.ABORTED, 'The write waited too long and was not tried.');

/** Clients reconnect on this one, and repeat what may be repeated. */
export const shuttingDown = (): Refusal => new Refusal(status.UNAVAILABLE, 'The event store is shutting down.');

/** What a caller did wrong is refused as such; anything else is our fault, and not to be repeated for ever. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  const options = { cause: error };
  if (error instanceof StreamDeleted) return streamDeleted(error);
  if (error instanceof AppendTooBig) {
    const trailers = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(error.limit) };
    return new Refusal(status.INVALID_ARGUMENT, error.message, trailers, options);
  }
  if (error instanceof EventTooBig) {
    const trailers = {
      exception: 'maximum-append-event-size-exceeded',
      'maximum-append-event-size': String(error.limit),
      'event-id': error.eventId,
      'proposed-append-event-size': String(error.bytes),
    };
    return new Refusal(status.INVALID_ARGUMENT, error.message, trailers, options);
  }
  if (error instanceof MissingProperty) {
    const trailers = {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    };
    return new Refusal(status.INVALID_ARGUMENT, error.message, trailers, options);
  }
  if (error instanceof NoInterval) return new Refusal(status.UNKNOWN, error.message, {}, options);
  if (error instanceof MalformedMessage || error instanceof InvalidPattern) {
    return new Refusal(status.INVALID_ARGUMENT, error.message, {}, options);
  }
  if (error instanceof DamagedRecord) return new Refusal(status.DATA_LOSS, error.message, {}, options);
  if (error instanceof NoRoom) return new Refusal(status.RESOURCE_EXHAUSTED, error.message, {}, options);
  if (error instanceof ForwardFromEnd) return new Refusal(status.UNKNOWN, error.message, {}, options);
  return new Refusal(status.UNKNOWN, 'The event store failed to answer.', {}, options);
};

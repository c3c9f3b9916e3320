/** Services: `Streams/Append`, one append per call: what clients with credentials of their own use. */
import { type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';

import { readAppendMessage } from '../codec/append-requests.js';
import { encodeAppendSuccess, encodeWrongExpectedVersion } from '../codec/append-responses.js';
import { MalformedMessage } from '../codec/fields.js';
import { type EventStore } from '../event-store.js';
import { StreamDeleted } from '../semantics/streams.js';
import { type AppendLimits, ProposedAppend, WRITE_TIMEOUT_MS } from './proposed-append.js';
import { refusalOf, writeTimedOut } from './refusal.js';

type AppendCall = ServerReadableStream<Buffer, Buffer>;

export const appendService =
  (store: EventStore, limits: AppendLimits) =>
  (call: AppendCall, answer: sendUnaryData<Buffer>): void => {
    receive(call, limits)
      .then((append) => carryOut(store, append))
      .then((response) => answer(null, response))
      .catch((error: unknown) => answer(refusalOf(error)));
  };

const receive = async (call: AppendCall, limits: AppendLimits): Promise<ProposedAppend> => {
  let append: ProposedAppend | undefined;
  for await (const bytes of call) {
    const { options, event } = readAppendMessage(bytes as Buffer);
    if (options !== undefined) append = new ProposedAppend(options, limits);
    if (append === undefined) throw new MalformedMessage('An append begins with its options.');
    if (event !== undefined) append.add(event);
  }
  if (append === undefined) throw new MalformedMessage('An append begins with its options.');
  return append;
};

const carryOut = async (store: EventStore, append: ProposedAppend): Promise<Buffer> => {
  const outcome = await store.append(append, store.now() + WRITE_TIMEOUT_MS);
  switch (outcome.kind) {
    case 'appended':
    case 'nothing_to_write':
      return encodeAppendSuccess(outcome);
    case 'wrong_revision':
      return encodeWrongExpectedVersion(append.expected, outcome.current);
    case 'stream_deleted':
      throw new StreamDeleted(append.stream);
    case 'timed_out':
      throw writeTimedOut();
  }
};

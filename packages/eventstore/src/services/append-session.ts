/** Services: `StreamsService/AppendSession` of the newer protocol: appends to several streams, all of them or none. */
import { type sendUnaryData, type ServerReadableStream, type ServiceDefinition } from '@grpc/grpc-js';
import { v4 as randomId } from 'uuid';

import { encodeSessionResponse, readAppendRecord, readAppendRequest } from '../codec/append-session.js';
import { type ProposedEvent } from '../codec/recorded-event.js';
import { type EventStore } from '../event-store.js';
import { type Append } from '../semantics/append.js';
import { type AppendLimits, AppendTooBig, EventTooBig, expectWritable, WRITE_TIMEOUT_MS } from './proposed-append.js';
import { refusalOf } from './refusal.js';
import {
  noRequests,
  recordTooBig,
  revisionConflict,
  sessionTimedOut,
  sessionTooBig,
  streamTombstoned,
  streamTwice,
} from './session-refusals.js';

type SessionCall = ServerReadableStream<Buffer, Buffer>;

const asIs = (bytes: Buffer): Buffer => bytes;

/** Of it the client package has no definition. */
export const APPEND_SESSION: ServiceDefinition = {
  appendSession: {
    path: '/kurrentdb.protocol.v2.streams.StreamsService/AppendSession',
    requestStream: true,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
};

export const appendSessionService =
  (store: EventStore, limits: AppendLimits) =>
  (call: SessionCall, answer: sendUnaryData<Buffer>): void => {
    receive(call, limits)
      .then((appends) => carryOut(store, appends))
      .then((response) => answer(null, response))
      .catch((error: unknown) => answer(refusalOf(error)));
  };

const receive = async (call: SessionCall, limits: AppendLimits): Promise<readonly Append[]> => {
  const session = new Session(limits);
  for await (const bytes of call) session.add(bytes as Buffer);
  return session.appends;
};

class Session {
  readonly appends: Append[] = [];
  /** Streams whose names differ in capitals alone are different streams, but not to a session of the server's. */
  private readonly streams = new Set<string>();
  private bytes = 0;

  constructor(private readonly limits: AppendLimits) {}

  add(message: Buffer): void {
    const { records, ...target } = readAppendRequest(message);
    const { stream, expected } = expectWritable(target);
    const name = stream.toUpperCase();
    if (this.streams.has(name)) throw streamTwice(stream);
    this.streams.add(name);
    this.appends.push({ stream, expected, events: records.map((record) => this.taken(stream, record)) });
  }

  private taken(stream: string, record: Buffer): ProposedEvent {
    const { event, bytes } = readAppendRecord(record, randomId);
    const { maxAppendBytes, maxEventBytes } = this.limits;
    if (bytes > maxEventBytes) throw recordTooBig(stream, new EventTooBig(event.id, bytes, maxEventBytes));
    this.bytes += bytes;
    if (this.bytes > maxAppendBytes) throw sessionTooBig(new AppendTooBig(maxAppendBytes), this.bytes);
    return event;
  }
}

const carryOut = async (store: EventStore, appends: readonly Append[]): Promise<Buffer> => {
  if (appends.length === 0) throw noRequests();
  const outcome = await store.appendTogether(appends, store.now() + WRITE_TIMEOUT_MS);
  switch (outcome.kind) {
    case 'appended': {
      const appended = appends.map(({ stream }, index) => ({ stream, revision: outcome.revisions[index]! }));
      return encodeSessionResponse(appended, outcome.position ?? NOWHERE);
    }
    case 'wrong_revision': {
      const { stream, expected } = appends[outcome.index]!;
      throw revisionConflict(stream, expected, outcome.current);
    }
    case 'stream_deleted':
      throw streamTombstoned(appends[outcome.index]!.stream);
    case 'timed_out':
      throw sessionTimedOut();
  }
};

/** As the server has it for a repetition whose last events are not shown any more. */
const NOWHERE = -1;

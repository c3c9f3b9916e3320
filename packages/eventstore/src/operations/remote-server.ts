/**
 * Operations: a server of the protocol, reached through the client package: EventStoreDB, KurrentDB, or another embedded store.
 * Its calls are opened as the package opens its own, but bodies stay bytes, which the package would parse and write anew.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, type Metadata } from '@grpc/grpc-js';

import { AppendCall } from './append-call.js';
import { showCredentialsOnLoopback } from './clear-credentials.js';

type Streams = InstanceType<typeof StreamsClient>;
type CallArguments = [Metadata, Partial<CallOptions>];

/** What the package keeps to itself. */
interface Internals {
  getGRPCClient(client: typeof StreamsClient, name: string): Promise<Streams>;
  callArguments(options: object, callOptions?: Partial<CallOptions>): CallArguments;
}

export type ReadResponse = InstanceType<typeof streamMessages.ReadResp>;

/** The schemes that documents of KurrentDB show; the package has the older ones alone. */
const NEWER_SCHEMES = /^(?:kurrentdb|kurrent|kdb)(?=(?:\+discover)?:\/\/)/u;

const asItIs = (bytes: Buffer): Buffer => bytes;

export class RemoteServer {
  readonly client: EventStoreDBClient;
  private readonly internals: Internals;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(connectionString.replace(NEWER_SCHEMES, 'esdb'));
    showCredentialsOnLoopback(this.client, connectionString);
    this.internals = this.client as unknown as Internals;
  }

  /** The whole log, from its beginning, without resolving links. */
  async *readAll(): AsyncGenerator<ReadResponse> {
    const call = (await this.streams()).read(wholeLog(), ...this.unbounded());
    for await (const response of call) yield response as ReadResponse;
  }

  /** One event of a stream, if it is there. */
  async *readOne(stream: string, revision: number): AsyncGenerator<ReadResponse> {
    const call = (await this.streams()).read(oneEvent(stream, revision), ...this.unbounded());
    for await (const response of call) yield response as ReadResponse;
  }

  /** Lives until it is ended. */
  async appends(): Promise<AppendCall> {
    const streams = await this.streams();
    const [metadata, options] = this.unbounded();
    return new AppendCall(
      streams.makeBidiStreamRequest(StreamsService.batchAppend.path, asItIs, asItIs, metadata, options),
    );
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }

  private streams(): Promise<Streams> {
    return this.internals.getGRPCClient(StreamsClient, 'copy');
  }

  private unbounded(): CallArguments {
    return this.internals.callArguments({}, { deadline: Infinity });
  }
}

const { ReadReq } = streamMessages;
const { Options } = ReadReq;
const FORWARDS = 0;
/** The greatest count that the protocol takes without loss. */
const ALL = String(2n ** 63n - 1n);

const forwards = (count: string): InstanceType<typeof Options> => {
  const options = new Options();
  const uuids = new Options.UUIDOption();
  uuids.setString(new sharedMessages.Empty());
  options.setUuidOption(uuids);
  options.setReadDirection(FORWARDS);
  options.setResolveLinks(false);
  options.setNoFilter(new sharedMessages.Empty());
  options.setCount(count);
  return options;
};

const requestOf = (options: InstanceType<typeof Options>): InstanceType<typeof ReadReq> => {
  const request = new ReadReq();
  request.setOptions(options);
  return request;
};

const wholeLog = (): InstanceType<typeof ReadReq> => {
  const options = forwards(ALL);
  const all = new Options.AllOptions();
  all.setStart(new sharedMessages.Empty());
  options.setAll(all);
  return requestOf(options);
};

const oneEvent = (stream: string, revision: number): InstanceType<typeof ReadReq> => {
  const options = forwards('1');
  const from = new Options.StreamOptions();
  from.setStreamIdentifier(identifierOf(stream));
  from.setRevision(String(revision));
  options.setStream(from);
  return requestOf(options);
};

const identifierOf = (stream: string): InstanceType<typeof sharedMessages.StreamIdentifier> => {
  const identifier = new sharedMessages.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
};

import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { type Channel, type Client, type ClientReadableStream } from '@grpc/grpc-js';

import { showCredentialsOnLoopback } from './clear-credentials.js';

/** What a call of the package writes to and listens on. */
interface BatchStream {
  write(message: unknown): boolean;
  listeners(event: 'data'): readonly unknown[];
  off(event: 'data', listener: (answer: unknown) => void): unknown;
  on(event: 'data', listener: (answer: unknown) => void): unknown;
}

type Open = (service: unknown) => unknown;
type StreamCreator = (service: unknown, name: string, open: Open, cache?: unknown) => () => Promise<unknown>;

/** Where the package opens its calls and channels; protected, but the only place at which they can be put right. */
interface Internals {
  GRPCStreamCreator: StreamCreator;
  createChannel: () => Promise<Channel>;
  getChannel: () => Promise<Channel>;
  resolveUri: () => Promise<string>;
}

export interface ConnectedClient {
  readonly client: EventStoreDBClient;
  /** Host and port of the node that it is connected to, or would be by its next call. */
  readonly node: () => Promise<string>;
  /** Ends what is open on it, and its connections, which the package leaves open. */
  readonly close: () => Promise<void>;
}

/**
 * The package's client, with its streaming calls changed in three ways: appends cannot end the process, their bytes are
 * decoded natively, and reads deliver the bytes of their messages (see `messages.ts`).
 * @param findLeader where to connect to, instead of where the package would
 */
export const connect = (connectionString: string, findLeader?: () => Promise<string>): ConnectedClient => {
  const client = EventStoreDBClient.connectionString(connectionString);
  showCredentialsOnLoopback(client, connectionString);
  const internals = client as unknown as Internals;
  if (findLeader) internals.resolveUri = findLeader;
  const close = closing(client, internals);
  const create = internals.GRPCStreamCreator;
  internals.GRPCStreamCreator = (service, name, open, cache) => {
    const openChanged: Open =
      name === 'appendToStream'
        ? (streams) => withHarmlessFailures(open(streams) as BatchStream)
        : (streams) => open(withRawReads(streams as Client));
    return create(service, name, openChanged, cache);
  };
  const node = async (): Promise<string> => (await internals.getChannel()).getTarget().replace(/^dns:/u, '');
  return { client, node, close };
};

const closing = (client: EventStoreDBClient, internals: Internals): ConnectedClient['close'] => {
  const channels = new Set<Channel>();
  const { createChannel } = internals;
  internals.createChannel = async () => {
    const channel = await createChannel();
    channels.add(channel);
    return channel;
  };
  return async () => {
    await client.dispose();
    for (const channel of channels) channel.close();
  };
};

/**
 * Two failures of the package would end the process. Appends that wait for a full stream to drain are rejected with nobody
 * listening when the connection breaks: so no append waits here (they are few, and bounded by their callers). And an answer
 * that comes after another connection's failure has made the package forget its append throws: so it is dropped; whoever
 * waits for it was told of the failure, and asks again.
 */
const withHarmlessFailures = (stream: BatchStream): BatchStream => {
  const write = stream.write.bind(stream);
  stream.write = (message) => {
    write(message);
    return true;
  };
  for (const listener of stream.listeners('data') as readonly ((answer: unknown) => void)[]) {
    stream.off('data', listener);
    stream.on('data', (answer) => {
      try {
        listener(answer);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    });
  }
  return stream;
};

interface RawReads {
  read(request: unknown, ...rest: unknown[]): ClientReadableStream<Buffer>;
}

/** The package would decode every message into objects that it then reads twice: half of what a replay costs. */
const withRawReads = (streams: Client): RawReads => {
  const { path, requestSerialize } = StreamsService.read;
  const request = streams.makeServerStreamRequest.bind(streams) as (...all: unknown[]) => ClientReadableStream<Buffer>;
  return { read: (message, ...rest) => request(path, requestSerialize, (bytes: Buffer) => bytes, message, ...rest) };
};

/** The package hands over data in base64, which protobuf would decode letter by letter, twice: a third of an append. */
const bytesOf = (field: string | Uint8Array): Uint8Array =>
  typeof field === 'string' ? Buffer.from(field, 'base64') : field;

const message = streamMessages.BatchAppendReq.ProposedMessage.prototype;
message.getData_asU8 = function () {
  return bytesOf(this.getData());
};
message.getCustomMetadata_asU8 = function () {
  return bytesOf(this.getCustomMetadata());
};

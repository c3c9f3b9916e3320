/** Operations: the events of a server, taken out and put in, in the order of its log. */
import { isDeepStrictEqual } from 'node:util';

import { StreamDeletedError } from '@eventstore/db-client';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';

import { TOMBSTONE_REVISION } from '../storage/storage.js';
import { isMetadataStream } from '../semantics/stream-metadata.js';
import { type ExportedEvent } from './exported-event.js';
import { type Imported } from './local-store.js';
import { OperationRefused } from './operation.js';
import { type AppendRequest, identifierOf, type ReadResponse, RemoteServer } from './remote-server.js';

/** Without the streams that a server writes for itself: they tell of that server, and any other writes its own. */
export async function* eventsOfServer(connectionString: string): AsyncGenerator<ExportedEvent> {
  const server = new RemoteServer(connectionString);
  try {
    for await (const response of server.readAll()) {
      const event = eventIn(response);
      if (event !== undefined && !isOfServer(event.stream)) yield event;
    }
  } finally {
    await server.dispose();
  }
}

const isOfServer = (stream: string): boolean =>
  stream.startsWith('$$$') || (stream.startsWith('$') && !isMetadataStream(stream));

const TICKS_IN_MILLISECOND = 10_000n;

const eventIn = (response: ReadResponse): ExportedEvent | undefined => {
  const recorded = response.getEvent()?.getEvent();
  const id = recorded?.getId()?.getString();
  if (recorded === undefined || id === undefined) return undefined;
  const properties = recorded.getMetadataMap();
  return {
    stream: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? '').toString(),
    revision: Number(recorded.getStreamRevision()),
    id,
    type: properties.get('type') ?? '',
    isJson: properties.get('content-type') === 'application/json',
    created: Number(BigInt(properties.get('created') ?? 0) / TICKS_IN_MILLISECOND),
    data: recorded.getData_asU8(),
    metadata: recorded.getCustomMetadata_asU8(),
  };
};

/** Keeps revisions, ids and order; when an event was created, and its position, is the server's to say. */
export const importToServer = async (
  connectionString: string,
  events: AsyncIterable<ExportedEvent>,
): Promise<Imported> => {
  const server = new RemoteServer(connectionString);
  let [written, there] = [0, 0];
  try {
    for await (const group of grouped(events)) {
      if (await append(server, group)) written += group.length;
      else there += group.length;
    }
  } finally {
    await server.dispose();
  }
  return { written, there };
};

const MOST_EVENTS = 500;
const MOST_BYTES = 512 * 1024;

type Group = readonly [ExportedEvent, ...ExportedEvent[]];

/** Neighbours of one stream go in one append. Metadata go one by one: a server may have written them by itself. */
async function* grouped(events: AsyncIterable<ExportedEvent>): AsyncGenerator<Group> {
  let group: [ExportedEvent, ...ExportedEvent[]] | undefined;
  let bytes = 0;
  for await (const event of events) {
    const size = event.data.length + event.metadata.length + event.type.length * 2;
    const { stream, revision } = event;
    const alone = isMetadataStream(stream) || revision >= TOMBSTONE_REVISION;
    if (
      group !== undefined &&
      !alone &&
      group[0].stream === stream &&
      group.length < MOST_EVENTS &&
      bytes + size <= MOST_BYTES
    ) {
      group.push(event);
      bytes += size;
      continue;
    }
    if (group !== undefined) yield group;
    group = [event];
    bytes = size;
  }
  if (group !== undefined) yield group;
}

/** Whether it was written: false if the server had it by itself. An append that is repeated is recognised by its ids. */
const append = async (server: RemoteServer, group: Group): Promise<boolean> => {
  const [{ stream, revision }] = group;
  if (revision >= TOMBSTONE_REVISION) return tombstone(server, stream);
  const response = await server.append([optionsOf(stream, revision), ...group.map(messageOf)]);
  if (!response.hasWrongExpectedVersion()) return true;
  if (group.length === 1 && isMetadataStream(stream) && (await hasSame(server, group[0]))) return false;
  throw new OperationRefused(
    `The server refused revision ${revision} of stream ${stream}: it has other events there, or none before.`,
  );
};

const tombstone = async ({ client }: RemoteServer, stream: string): Promise<boolean> => {
  try {
    await client.tombstoneStream(stream);
    return true;
  } catch (error) {
    if (error instanceof StreamDeletedError) return false;
    throw error;
  }
};

/** To write to a deleted stream brings it back, for which the server writes metadata, with an id of its own. */
const hasSame = async (server: RemoteServer, { stream, revision, type, data }: ExportedEvent): Promise<boolean> => {
  for await (const response of server.readOne(stream, revision)) {
    const found = eventIn(response);
    if (found?.revision === revision && found.type === type) return isDeepStrictEqual(jsonOf(found.data), jsonOf(data));
  }
  return false;
};

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return bytes;
  }
};

const { AppendReq } = streamMessages;

const optionsOf = (stream: string, revision: number): AppendRequest => {
  const options = new AppendReq.Options();
  options.setStreamIdentifier(identifierOf(stream));
  if (revision === 0) options.setNoStream(new sharedMessages.Empty());
  else options.setRevision(String(revision - 1));
  const request = new AppendReq();
  request.setOptions(options);
  return request;
};

const messageOf = ({ id, type, isJson, data, metadata }: ExportedEvent): AppendRequest => {
  const message = new AppendReq.ProposedMessage();
  const uuid = new sharedMessages.UUID();
  uuid.setString(id);
  message.setId(uuid);
  message
    .getMetadataMap()
    .set('type', type)
    .set('content-type', isJson ? 'application/json' : 'application/octet-stream');
  message.setData(data);
  message.setCustomMetadata(metadata);
  const request = new AppendReq();
  request.setProposedMessage(message);
  return request;
};

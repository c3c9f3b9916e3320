/** Operations: the events of a server, in the order of its log. */
import { isMetadataStream } from '../semantics/stream-metadata.js';
import { type ExportedEvent } from './exported-event.js';
import { type ReadResponse, RemoteServer } from './remote-server.js';

/** Without the streams that a server writes for itself: they tell of that server, and any other writes its own. */
export async function* eventsOfServer(connectionString: string): AsyncGenerator<ExportedEvent> {
  const server = new RemoteServer(connectionString);
  try {
    for await (const { position: _, ...event } of eventsOf(server)) yield event;
  } finally {
    await server.dispose();
  }
}

/** An event, and where it stands in the log of its server. */
export interface PlacedEvent extends ExportedEvent {
  readonly position: bigint;
}

export async function* eventsOf(server: RemoteServer): AsyncGenerator<PlacedEvent> {
  for await (const response of server.readAll()) {
    const event = eventIn(response);
    if (event !== undefined && !isOfServer(event.stream)) yield event;
  }
}

const isOfServer = (stream: string): boolean =>
  stream.startsWith('$$$') || (stream.startsWith('$') && !isMetadataStream(stream));

const TICKS_IN_MILLISECOND = 10_000n;

export const eventIn = (response: ReadResponse): PlacedEvent | undefined => {
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
    position: BigInt(recorded.getCommitPosition()),
    created: Number(BigInt(properties.get('created') ?? 0) / TICKS_IN_MILLISECOND),
    data: recorded.getData_asU8(),
    metadata: recorded.getCustomMetadata_asU8(),
  };
};

/** Operations: events put into a server, in the order of their log. */
import { isDeepStrictEqual } from 'node:util';

import { StreamDeletedError } from '@eventstore/db-client';

import { isMetadataStream } from '../semantics/stream-metadata.js';
import { TOMBSTONE_REVISION } from '../storage/storage.js';
import { type AppendCall, type Outcome } from './append-call.js';
import { type Group } from './batch-append-messages.js';
import { type ExportedEvent } from './exported-event.js';
import { type Imported } from './local-store.js';
import { OperationRefused } from './operation.js';
import { eventIn, eventsOf } from './remote-events.js';
import { RemoteServer } from './remote-server.js';

/**
 * Keeps revisions, ids and order; when an event was created, and its position, is the server's to say. What the server has of the events
 * already, from an import that was interrupted, is read and left as it is: so it goes on behind the last of them.
 */
export const importToServer = async (
  connectionString: string,
  events: AsyncIterable<ExportedEvent>,
): Promise<Imported> => {
  const server = new RemoteServer(connectionString);
  const iterator = events[Symbol.asyncIterator]();
  try {
    const { there, position, missing } = await withoutKnown(server, iterator);
    const append = new OrderedAppends(server, await server.appends(), position);
    try {
      for await (const group of grouped(missing)) {
        await append.add(group);
        // Where the server does not take the first, none is on its way behind it.
        if (append.written === 0) await append.all();
      }
      await append.all();
    } finally {
      append.end();
    }
    return { written: append.written, there: there + append.there };
  } finally {
    await iterator.return?.();
    await server.dispose();
  }
};

interface Missing {
  readonly there: number;
  /** Of the last event that is there. */
  readonly position: bigint;
  readonly missing: AsyncIterable<ExportedEvent>;
}

/** Those that the server has not, in the same order. It may have others beside, which nobody asked about. */
const withoutKnown = async (server: RemoteServer, events: AsyncIterator<ExportedEvent>): Promise<Missing> => {
  let next = await events.next();
  let there = 0;
  let position = -1n;
  for await (const known of eventsOf(server)) {
    if (next.done === true) break;
    if (!isSame(known, next.value)) continue;
    there++;
    ({ position } = known);
    next = await events.next();
  }
  async function* rest(): AsyncGenerator<ExportedEvent> {
    for (; next.done !== true; next = await events.next()) yield next.value;
  }
  return { there, position, missing: rest() };
};

const isSame = (known: ExportedEvent, event: ExportedEvent): boolean =>
  known.revision === event.revision &&
  known.stream === event.stream &&
  (known.id === event.id || isWrittenByServer(known, event));

/** The end of a stream, and metadata of one that comes back, are events of the server, with ids of its own. */
const isWrittenByServer = (known: ExportedEvent, { revision, type, data }: ExportedEvent): boolean => {
  if (revision >= TOMBSTONE_REVISION) return true;
  return isMetadataStream(known.stream) && known.type === type && isDeepStrictEqual(jsonOf(known.data), jsonOf(data));
};

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return bytes;
  }
};

const EVENTS_MAX = 500;
const BYTES_MAX = 512 * 1024;

/** Metadata and ends of streams go one by one: a server may have written them by itself. */
const goesAlone = ({ stream, revision }: ExportedEvent): boolean =>
  isMetadataStream(stream) || revision >= TOMBSTONE_REVISION;

const sizeOf = ({ data, metadata, type }: ExportedEvent): number => data.length + metadata.length + type.length * 2;

/** Neighbours of one stream go in one append. */
async function* grouped(events: AsyncIterable<ExportedEvent>): AsyncGenerator<Group> {
  let group: [ExportedEvent, ...ExportedEvent[]] | undefined;
  let bytes = 0;
  for await (const event of events) {
    const size = sizeOf(event);
    if (
      group !== undefined &&
      !goesAlone(event) &&
      group[0].stream === event.stream &&
      group[0].revision + group.length === event.revision &&
      group.length < EVENTS_MAX &&
      bytes + size <= BYTES_MAX
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

/** On their way at once. A server gives up what waits for longer than two seconds, so it is to have no more than it does in a fraction of that. */
const APPENDS_MAX = 512;
const BYTES_ON_THEIR_WAY_MAX = 4 * 1024 * 1024;

interface Pending {
  readonly group: Group;
  readonly bytes: number;
  readonly outcome: Promise<Outcome>;
}

/** Appends behind each other, of which the server shows by their positions that they are. */
class OrderedAppends {
  written = 0;
  /** Written by the server by itself. */
  there = 0;
  private readonly pending: Pending[] = [];
  private bytes = 0;

  constructor(
    private readonly server: RemoteServer,
    private readonly call: AppendCall,
    private position: bigint,
  ) {}

  /** @throws OperationRefused for this group, or one before it */
  async add(group: Group): Promise<void> {
    const [event] = group;
    if (!goesAlone(event)) return this.send(group);
    await this.all();
    if (event.revision >= TOMBSTONE_REVISION) return this.endStream(event.stream);
    await this.send(group);
    await this.all();
  }

  /** Until all are answered. */
  async all(): Promise<void> {
    while (this.pending.length > 0) await this.settleFirst();
  }

  end(): void {
    this.call.end();
  }

  private async send(group: Group): Promise<void> {
    const bytes = group.reduce((total, event) => total + sizeOf(event), 0);
    const isFull = (): boolean =>
      this.pending.length >= APPENDS_MAX || this.bytes + bytes > Math.max(BYTES_ON_THEIR_WAY_MAX, bytes);
    while (isFull()) await this.settleFirst();
    const { outcome } = await this.call.append(group);
    this.pending.push({ group, bytes, outcome });
    this.bytes += bytes;
  }

  private async settleFirst(): Promise<void> {
    const { group, bytes, outcome } = this.pending.shift()!;
    this.bytes -= bytes;
    await this.settle(group, await outcome);
  }

  private async settle(group: Group, outcome: Outcome): Promise<void> {
    const [{ stream, revision }] = group;
    switch (outcome.kind) {
      case 'appended': {
        const { position = this.position + 1n } = outcome;
        if (position <= this.position)
          throw new OperationRefused(
            `The server has revision ${revision} of stream ${stream} before events that come before it. An import cannot mend that: begin again with an empty server.`,
          );
        this.position = position;
        this.written += group.length;
        return;
      }
      case 'refused':
        if (!goesAlone(group[0]) || !(await this.hasSame(group[0])))
          throw new OperationRefused(
            `The server refused revision ${revision} of stream ${stream}: ${sentenceOf(outcome.reason)}.`,
          );
        this.there += group.length;
        return;
      case 'unanswered':
        throw outcome.error;
    }
  }

  private async endStream(stream: string): Promise<void> {
    try {
      await this.server.client.tombstoneStream(stream);
      this.written++;
    } catch (error) {
      if (!(error instanceof StreamDeletedError)) throw error;
      this.there++;
    }
  }

  /** To write to a deleted stream brings it back, for which the server writes metadata, with an id of its own. */
  private async hasSame(event: ExportedEvent): Promise<boolean> {
    for await (const response of this.server.readOne(event.stream, event.revision)) {
      const found = eventIn(response);
      if (found?.revision === event.revision) return isSame(found, event);
    }
    return false;
  }
}

const sentenceOf = (reason: string): string =>
  reason === 'WrongExpectedVersion' ? 'it has other events there, or none before' : `it says ${reason}`;

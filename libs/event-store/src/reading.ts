import { EventLogUnavailable, type LoggedEvent, type ReadStreamOptions } from '#kernel';

import { openCall } from './calls.js';
import { type Connection, type Lease } from './connection.js';
import { decodeEnvelope, decodeMessage, type Envelope } from './messages.js';
import { type ReadPatience, retried } from './retrying.js';

/** A read that breaks off goes on behind what it delivered, maybe at another node. */
export const readStream = (
  connection: Connection,
  stream: string,
  options: ReadStreamOptions,
  patience: ReadPatience,
): AsyncGenerator<LoggedEvent> => {
  let left = options;
  return retried(connection, patience, `Stream ${stream} could not be read`, async function* (lease, renewal) {
    for await (const event of readOnce(lease, stream, left, patience)) {
      left = behind(left, event);
      renewal.progressed();
      yield event;
    }
  });
};

const behind = (options: ReadStreamOptions, { revision }: LoggedEvent): ReadStreamOptions => ({
  ...options,
  // Nothing is before the first event of a stream.
  ...(options.direction === 'backward' && revision === 0
    ? { limit: 0 }
    : {
        from: options.direction === 'backward' ? revision - 1 : revision + 1,
        ...(options.limit === undefined ? {} : { limit: options.limit - 1 }),
      }),
});

async function* readOnce(
  lease: Lease,
  stream: string,
  { from, direction = 'forward', limit }: ReadStreamOptions,
  { firstMs, betweenMs }: ReadPatience,
): AsyncGenerator<LoggedEvent> {
  if (limit === 0) return;
  const call = openCall<LoggedEvent>(
    lease,
    { kind: 'stream', stream, direction, from, limit },
    (inbox, bytes, goOn) => {
      const message = decodeMessage(bytes);
      return message.kind !== 'event' || inbox.put(message.event, bytes.length, goOn);
    },
  );
  try {
    let events = await call.inbox.take(Infinity, firstMs);
    for (; events.length > 0; events = await call.inbox.take(Infinity, betweenMs)) yield* events;
  } finally {
    call.close();
  }
}

/** The last events of the whole log, whatever they are, the newest first. */
export const readNewest = async (lease: Lease, count: number, withinMs: number): Promise<Envelope[]> => {
  const call = openCall<Envelope>(lease, { kind: 'newest', count }, (inbox, bytes, goOn) => {
    const envelope = decodeEnvelope(bytes);
    return envelope === undefined || inbox.put(envelope, bytes.length, goOn);
  });
  const newest: Envelope[] = [];
  try {
    let some = await call.inbox.take(Infinity, withinMs);
    for (; some.length > 0; some = await call.inbox.take(Infinity, withinMs)) newest.push(...some);
    return newest;
  } finally {
    call.close();
  }
};

/** The end of the log, at a node that has all that was acknowledged. Undefined where the log is empty. */
export const readEnd = async (connection: Connection, patience: ReadPatience): Promise<Envelope | undefined> => {
  const reading = retried(connection, patience, 'The end of the event log could not be read', async function* (lease) {
    const [last] = await readNewest(lease, 1, patience.firstMs);
    if ((last?.position ?? 0n) < connection.acknowledged) throw new EventLogUnavailable(BEHIND);
    yield last;
  });
  for await (const last of reading) return last;
  return undefined;
};

export const BEHIND = 'The node is behind what the log has acknowledged.';

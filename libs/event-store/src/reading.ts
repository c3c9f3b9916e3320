import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  type ReadStreamOptions as PackageReadOptions,
  START,
} from '@eventstore/db-client';

import { EventLogUnavailable, type LoggedEvent, type ReadStreamOptions } from '#kernel';

import { openCall } from './calls.js';
import { unavailable } from './client-errors.js';
import { decodeEnvelope, decodeMessage, type Envelope } from './messages.js';

export async function* readStream(
  client: EventStoreDBClient,
  stream: string,
  { from, direction = 'forward', limit }: ReadStreamOptions,
): AsyncGenerator<LoggedEvent> {
  if (limit === 0) return;
  const end = direction === 'forward' ? START : END;
  const options: PackageReadOptions = {
    direction: direction === 'forward' ? FORWARDS : BACKWARDS,
    fromRevision: from === undefined ? end : BigInt(from),
  };
  if (limit !== undefined) options.maxCount = limit;
  const call = openCall<LoggedEvent>(
    (streamOptions) => client.readStream(stream, options, streamOptions),
    (inbox, bytes, goOn) => {
      const message = decodeMessage(bytes);
      return message.kind !== 'event' || inbox.put(message.event, bytes.length, goOn);
    },
  );
  try {
    for (let events = await call.inbox.take(); events.length > 0; events = await call.inbox.take()) {
      for (const event of events) yield event;
    }
  } catch (error) {
    throw unavailable(`Stream ${stream} could not be read`, error);
  } finally {
    call.close();
  }
}

/** The last events of the whole log, whatever they are, the newest first. */
export const readNewest = async (client: EventStoreDBClient, count: number, withinMs: number): Promise<Envelope[]> => {
  const call = openCall<Envelope>(
    (streamOptions) => client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: count }, streamOptions),
    (inbox, bytes, goOn) => {
      const envelope = decodeEnvelope(bytes);
      return envelope === undefined || inbox.put(envelope, bytes.length, goOn);
    },
  );
  const tooLate = setTimeout(() => call.inbox.end(new EventLogUnavailable('No answer came in time.')), withinMs);
  const newest: Envelope[] = [];
  try {
    for (let some = await call.inbox.take(); some.length > 0; some = await call.inbox.take()) newest.push(...some);
    return newest;
  } catch (error) {
    throw unavailable('The end of the event log could not be read', error);
  } finally {
    clearTimeout(tooLate);
    call.close();
  }
};

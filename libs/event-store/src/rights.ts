import { randomUUID } from 'node:crypto';

import { type EventLog, EventLogDenied, type LogFilter, WrongExpectedRevision } from '#kernel';

import { type EventStoreDbLog } from './event-store-db-log.js';

/** What whoever works with a log has to be allowed. */
export type LogRight = 'read_all' | 'read_streams' | 'append';

/** No stream has as many events: an append that expects them writes nothing, and is refused by rights before that. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Tries each right on a stream, and says which are lacking. Whatever a process puts round its log would answer some of it before the
 * server is asked. @throws EventLogUnavailable if the log does not answer, EventLogDenied if it does not know the user
 */
export const lackingRights = async (
  log: EventStoreDbLog,
  stream: string,
  filter: LogFilter,
): Promise<readonly LogRight[]> => {
  const tried: readonly (readonly [LogRight, () => Promise<unknown>])[] = [
    ['read_all', () => firstOf(log.readAll({ filter }))],
    ['read_streams', () => firstOf(log.readStream(stream, { limit: 1 }))],
    ['append', () => appendNothing(log, stream)],
  ];
  const lacking: LogRight[] = [];
  for (const [right, use] of tried) if (await isDenied(use)) lacking.push(right);
  return lacking;
};

const isDenied = async (use: () => Promise<unknown>): Promise<boolean> => {
  try {
    await use();
    return false;
  } catch (error) {
    if (error instanceof EventLogDenied && error.reason === 'lacks_right') return true;
    throw error;
  }
};

const firstOf = async <Item>(items: AsyncIterable<Item>): Promise<Item | undefined> => {
  for await (const item of items) return item;
  return undefined;
};

const appendNothing = async (log: EventLog, stream: string): Promise<void> => {
  try {
    await log.append(stream, [{ id: randomUUID(), type: 'RightTried', data: {}, metadata: {} }], NEVER);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
  }
};

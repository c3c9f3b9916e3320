import { CommandedServer, EVENT_STORE_COMMAND } from '../../../test/services/commanded-server.js';

import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';

interface ServerUnderContract {
  start(): Promise<void>;
  stop(): Promise<void>;
  connectionString(): string;
}

const embedded = (): ServerUnderContract => {
  let store: TemporaryEventStore | undefined;
  return {
    start: async () => {
      store = await TemporaryEventStore.start();
    },
    stop: async () => {
      await store?.remove();
    },
    connectionString: () => store?.connectionString ?? '',
  };
};

const commanded = (command: string): ServerUnderContract => {
  let server: CommandedServer | undefined;
  return {
    start: async () => {
      server = await CommandedServer.start(command, readOnce);
    },
    stop: async () => {
      await server?.stop();
    },
    connectionString: () => server?.url ?? '',
  };
};

/** With a client of its own: one that failed to connect remembers it. */
const readOnce = async (url: string): Promise<void> => {
  const log = new EventStoreDbLog(url);
  try {
    await log.head();
  } finally {
    await log.dispose();
  }
};

const running = (url: string): ServerUnderContract => ({
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  connectionString: () => url,
});

/**
 * For tests: the embedded store, or what `TEST_EVENTSTORE_COMMAND` starts in its place, and also the server that `EVENTSTORE_URL`
 * names, if it names one.
 */
export const servers = (): [name: string, server: ServerUnderContract][] => {
  const { EVENTSTORE_URL } = process.env;
  const found: [string, ServerUnderContract][] = [
    EVENT_STORE_COMMAND === undefined
      ? ['the embedded event store', embedded()]
      : ['the event store of the command', commanded(EVENT_STORE_COMMAND)],
  ];
  if (EVENTSTORE_URL !== undefined) found.push([EVENTSTORE_URL, running(EVENTSTORE_URL)]);
  return found;
};

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

const running = (url: string): ServerUnderContract => ({
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  connectionString: () => url,
});

/** For tests: the embedded store always, and also the server that `EVENTSTORE_URL` names, if it names one. */
export const servers = (): [name: string, server: ServerUnderContract][] => {
  const { EVENTSTORE_URL } = process.env;
  const found: [string, ServerUnderContract][] = [['the embedded event store', embedded()]];
  if (EVENTSTORE_URL !== undefined) found.push([EVENTSTORE_URL, running(EVENTSTORE_URL)]);
  return found;
};

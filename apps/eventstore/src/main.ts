/** The process: lock, store and server, from the command line until it is told to stop. */
import { mkdirSync } from 'node:fs';

import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { pino } from 'pino';
import { v4 as randomId } from 'uuid';

import { EventStore } from './event-store.js';
import { EventStoreServer } from './server.js';
import { LmdbStorage } from './storage/lmdb-storage.js';
import { parseCommandLine } from './supervision/command-line.js';
import { expectDiskSpace, isDiskFull } from './supervision/disk-space.js';
import { failureLine } from './supervision/failure-line.js';
import { lockFolder } from './supervision/folder-lock.js';
import { beginLifetime } from './supervision/lifetime.js';

/** A holder whose parent was killed needs a moment to notice. */
const LOCK_PATIENCE_MS = 10_000;

const lifetime = beginLifetime();
const { data: folder, host, port, maxAppendBytes, maxEventBytes, logLevel } = parseCommandLine(process.argv);
// Synchronous, so that the last line is out before the process is.
const log = pino({ name: 'eventstore', level: logLevel }, pino.destination({ dest: 1, sync: true }));
setLogVerbosity(logVerbosity.NONE);

const fail = (error: unknown): void => {
  const line = failureLine(error, { folder, host, port, isDiskFull });
  log.fatal(line);
  log.debug(error);
  void lifetime.failed(line).then(() => process.exit(1));
};

const start = async (): Promise<EventStoreServer> => {
  mkdirSync(folder, { recursive: true });
  expectDiskSpace(folder);
  await lockFolder(folder, { patienceMs: LOCK_PATIENCE_MS });
  const store = new EventStore(LmdbStorage.open(folder), { now: Date.now, newId: randomId, onFailure: fail });
  return EventStoreServer.start(store, { host, port, maxAppendBytes, maxEventBytes });
};

const live = async (): Promise<void> => {
  const server = await Promise.race([start(), lifetime.over]);
  if (typeof server === 'string') return;
  log.info({ folder, host, port: server.port }, 'Serving. One node, no replicas: not for production clusters.');
  lifetime.ready(server.port);
  log.info({ reason: await lifetime.over }, 'Stopping.');
  await server.stop();
};

live().then(() => process.exit(0), fail);

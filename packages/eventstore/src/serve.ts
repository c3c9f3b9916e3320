/** Serving: lock, store, server and metrics, until the process is told to stop. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { pino } from 'pino';
import { v4 as randomId } from 'uuid';

import { EventStore } from './event-store.js';
import { EventStoreServer } from './server.js';
import { LmdbStorage } from './storage/lmdb-storage.js';
import { fileOf } from './storage/tables.js';
import { type Serving } from './supervision/command-line.js';
import { expectDiskSpace, isDiskFull, lacksRoom } from './supervision/disk-space.js';
import { failureLine } from './supervision/failure-line.js';
import { CREDENTIALS_FILE, credentialsOf } from './supervision/folder-credentials.js';
import { lockFolder } from './supervision/folder-lock.js';
import { beginLifetime } from './supervision/lifetime.js';
import { Metrics } from './supervision/metrics.js';
import { serveMetrics } from './supervision/metrics-server.js';

/** A holder whose parent was killed needs a moment to notice. */
const LOCK_PATIENCE_MS = 10_000;

/** Ends the process when it is over. */
export const serve = ({ data: folder, host, port, metricsPort, logLevel, insecure, ...limits }: Serving): void => {
  const lifetime = beginLifetime();
  // Synchronous, so that the last line is out before the process is.
  const log = pino({ name: 'eventstore', level: logLevel }, pino.destination({ dest: 1, sync: true }));

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
    const onUpgrade = (): void =>
      log.warn({ folder }, 'Of the layout before, without checksums: upgrading, which takes as long as it has events.');
    const metrics = metricsPort === undefined ? undefined : new Metrics();
    const store = new EventStore(LmdbStorage.open(folder, { onUpgrade, lacksRoom: () => lacksRoom(folder) }), {
      now: Date.now,
      newId: randomId,
      onFailure: fail,
      onDamage: ({ message }) => log.error({ folder }, `${message} Run --verify, and restore a backup.`),
      onCommitted: metrics?.committed,
    });
    if (metricsPort !== undefined && metrics !== undefined) {
      metrics.watch(store, fileOf(folder));
      log.info({ host, port: await serveMetrics(metrics, host, metricsPort) }, 'Serving metrics.');
    }
    return EventStoreServer.start(store, {
      host,
      port,
      credentials: insecure ? undefined : credentialsOf(folder),
      ...limits,
    });
  };

  const live = async (): Promise<void> => {
    const server = await Promise.race([start(), lifetime.over]);
    if (typeof server === 'string') return;
    const credentials = insecure ? null : join(folder, CREDENTIALS_FILE);
    log.info(
      { folder, host, port: server.port, credentials },
      'Serving. One node, no replicas: not for production clusters.',
    );
    lifetime.ready(server.port);
    log.info({ reason: await lifetime.over }, 'Stopping.');
    await server.stop();
  };

  live().then(() => process.exit(0), fail);
};

import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { accessSettingsOf } from './configuration/access.js';
import { refuseWrongConnections } from './configuration/connections.js';
import { readConfiguration, WrongConfiguration } from './configuration/read-configuration.js';
import { DataFolder, StartRefused } from './embedded/data-folder.js';
import { startServices } from './embedded/embedded-services.js';
import { checkPort, startUp } from './startup.js';

const EXIT_REFUSED = 2;
const CLOSE_MILLISECONDS_MAX = 15_000;

/** The whole life of a server process. Answers the exit code. */
export const run = async (): Promise<number> => {
  try {
    return await serve();
  } catch (error) {
    if (error instanceof WrongConfiguration) for (const line of error.lines) console.error(line);
    else if (error instanceof StartRefused) console.error(error.message);
    else console.error(error);
    return EXIT_REFUSED;
  }
};

/** Until it is told to stop. */
const serve = async (): Promise<number> => {
  const signalled = untilSignalled();
  const configuration = readConfiguration(process.env);
  refuseWrongConnections(configuration);
  const access = accessSettingsOf(configuration);
  await checkPort(configuration);
  const embeds = configuration.EVENTSTORE_URL === undefined || configuration.DATABASE_URL === undefined;
  const folder =
    embeds || configuration.RECOUNT_MASTER_KEY === undefined
      ? await DataFolder.open(configuration.RECOUNT_DATA_DIR)
      : null;
  try {
    const services = await startServices(configuration, folder);
    try {
      const app = await startUp(configuration, access, services, folder);
      await signalled;
      await closed(app);
      return 0;
    } finally {
      await services.stop();
    }
  } finally {
    await folder?.release();
  }
};

/** With the embedded parts, all is over within 30 seconds, whatever hangs. */
const closed = async (app: INestApplication): Promise<void> => {
  const late = sleep(CLOSE_MILLISECONDS_MAX, true, { ref: false });
  if (await Promise.race([app.close().then(() => false), late]))
    console.error('Something did not end in time, and is left. What was answered is in the log.');
};

const untilSignalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

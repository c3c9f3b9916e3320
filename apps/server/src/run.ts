import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { ChildServiceFailed } from '#embedded';
import { banner } from './banner.js';
import { accessSettingsOf } from './configuration/access.js';
import { refuseWrongConnections } from './configuration/connections.js';
import { readConfiguration, WrongConfiguration } from './configuration/read-configuration.js';
import { DataFolder, StartRefused } from './embedded/data-folder.js';
import { startServices } from './embedded/embedded-services.js';
import { closed } from './launching/closed.js';
import { isDividedBy } from './launching/divided.js';
import { masterKeyOf } from './launching/master-key.js';
import { checkPorts } from './launching/ports.js';
import { startRoles } from './launching/role-processes.js';
import type { Started } from './launching/started.js';
import { startUp, type StartOptions } from './startup.js';

const EXIT_REFUSED = 2;

/** The whole life of a server process. Answers the exit code. */
export const run = async (): Promise<number> => {
  try {
    return await serve();
  } catch (error) {
    if (error instanceof WrongConfiguration) for (const line of error.lines) console.error(line);
    else if (error instanceof StartRefused || error instanceof ChildServiceFailed) console.error(error.message);
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
  const isDivided = isDividedBy(configuration, availableParallelism());
  await checkPorts(configuration, isDivided);
  const embeds = configuration.EVENTSTORE_URL === undefined || configuration.DATABASE_URL === undefined;
  const folder =
    embeds || configuration.RECOUNT_MASTER_KEY === undefined
      ? await DataFolder.open(configuration.RECOUNT_DATA_DIR)
      : null;
  try {
    const services = await startServices(configuration, folder);
    try {
      const masterKey = masterKeyOf(configuration, folder);
      const show = (started: Started): void =>
        console.log(banner({ configuration, services, folder: folder?.path, started }));
      const stop = isDivided
        ? await startRoles(configuration, services, { masterKey, folder: folder?.path, show })
        : await startHere({ configuration, access, services, dataFolder: folder?.path ?? null, masterKey, show });
      await signalled;
      await stop();
      return 0;
    } finally {
      await services.stop();
    }
  } finally {
    await folder?.release();
  }
};

const startHere = async (options: StartOptions): Promise<() => Promise<void>> => {
  const app = await startUp(options);
  return () => closed(app);
};

const untilSignalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

import { accessSettingsOf } from '../configuration/access.js';
import { readConfiguration } from '../configuration/read-configuration.js';
import type { SupervisedService } from '../embedded/child-protocol.js';
import { startUp } from '../startup.js';
import { closed } from './closed.js';
import { FOLDER_VARIABLE } from './role-environment.js';
import type { Started } from './started.js';

/** @throws StartRefused */
export const serveRole = async (): Promise<SupervisedService> => {
  const configuration = readConfiguration(process.env);
  const { EVENTSTORE_URL, DATABASE_URL, NATS_URL, RECOUNT_MASTER_KEY } = configuration;
  let told: Started | undefined;
  const app = await startUp({
    configuration,
    access: accessSettingsOf(configuration),
    services: { eventStoreUrl: EVENTSTORE_URL!, databaseUrl: DATABASE_URL!, natsUrl: NATS_URL },
    dataFolder: process.env[FOLDER_VARIABLE] ?? null,
    masterKey: RECOUNT_MASTER_KEY!,
    show: (started) => (told = started),
  });
  // It ends with its parent alone.
  return { port: told!.port, told: told!, lost: new Promise(() => undefined), stop: () => closed(app) };
};

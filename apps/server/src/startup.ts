import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createNetServer } from 'node:net';
import { EventLogUnavailable } from '#kernel';
import { Messages } from '#messaging';
import { MasterKey } from '#personal-data';
import { migrationSource } from '#postgres';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MIGRATIONS } from '../../../migrations/index.js';
import type { AccessSettings } from './access/access-settings.js';
import { banner, withoutPassword } from './banner.js';
import type { Configuration } from './configuration/configuration.js';
import { StartRefused, type DataFolder } from './embedded/data-folder.js';
import { secret, type Services } from './embedded/embedded-services.js';
import { createServer, portOf } from './http-application.js';
import { Installation } from './installation.js';
import { describeApi } from './documentation/describe-api.js';
import { Projecting } from './projecting/projecting.js';
import { Worker } from './worker/worker.js';

/** Brings one server process up: database, application, roles, port. @throws StartRefused */
export const startUp = async (
  configuration: Configuration,
  access: AccessSettings,
  services: Services,
  folder: DataFolder | null,
): Promise<NestFastifyApplication> => {
  await migrate(services.databaseUrl);
  const app = await createServer({
    eventStoreUrl: services.eventStoreUrl,
    databaseUrl: services.databaseUrl,
    messages: await connectMessages(services.natsUrl),
    masterKey: masterKeyOf(configuration, folder),
    access,
    roles: configuration.ROLE,
    logLevel: configuration.LOG_LEVEL,
  });
  try {
    const serves = configuration.ROLE.includes('api');
    if (serves) await describeApi(app);
    await app.init();
    const installation = app.get(Installation);
    const key = await installation.ensure();
    if (configuration.ROLE.includes('projector')) await app.get(Projecting).start();
    if (configuration.ROLE.includes('worker')) app.get(Worker).start();
    if (serves) await listen(app, configuration);
    const firstKey = key !== null && (await installation.opens(key)) ? key : null;
    console.log(
      banner({ configuration, services, folder: folder?.path, port: serves ? portOf(app) : undefined, firstKey }),
    );
    if (firstKey !== null) await installation.firstKeyWasShown();
    else if (key !== null) console.log('The first API key is shown by the next start, once a projector has run.');
    return app;
  } catch (error) {
    await app.close();
    if (error instanceof EventLogUnavailable)
      throw new StartRefused(`The event store does not answer: ${error.message.trim()}`);
    throw error;
  }
};

/** 32 bytes that wrap every key in the database: given, or kept in the data folder. */
const masterKeyOf = ({ RECOUNT_MASTER_KEY: given }: Configuration, folder: DataFolder | null): MasterKey =>
  new MasterKey(
    Buffer.from(given ?? secret(folder!, 'master-key', () => randomBytes(32).toString('base64')), 'base64'),
  );

const migrate = async (databaseUrl: string): Promise<void> => {
  const source = migrationSource(databaseUrl, MIGRATIONS);
  try {
    await source.initialize();
    await source.query('CREATE SCHEMA IF NOT EXISTS ops');
    await source.runMigrations();
  } catch (error) {
    throw new StartRefused(`The database cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
};

const connectMessages = async (url: string | undefined): Promise<Messages | null> => {
  if (url === undefined) return null;
  try {
    return await Messages.connect(url);
  } catch (error) {
    throw new StartRefused(
      `NATS does not answer at ${withoutPassword(url)}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
};

/** Before anything is started: nobody waits for a database to learn that a port is taken. @throws StartRefused */
export const checkPort = async ({ HOST, PORT, ROLE }: Configuration): Promise<void> => {
  if (!ROLE.includes('api') || PORT === 0) return;
  const server = createNetServer();
  try {
    server.listen(PORT, HOST);
    await once(server, 'listening');
  } catch (error) {
    throw refusedPort({ HOST, PORT }, error as NodeJS.ErrnoException);
  } finally {
    server.close();
  }
};

const refusedPort = (
  { HOST, PORT }: Pick<Configuration, 'HOST' | 'PORT'>,
  { code, message }: NodeJS.ErrnoException,
): StartRefused => {
  if (code === 'EADDRINUSE') return new StartRefused(`Port ${PORT} is taken: stop what uses it, or set PORT.`);
  if (code === 'EACCES') return new StartRefused(`Port ${PORT} needs more rights than this user has: set PORT.`);
  return new StartRefused(`The API cannot listen on ${HOST}:${PORT}: ${message}.`);
};

const listen = async (app: NestFastifyApplication, configuration: Configuration): Promise<void> => {
  try {
    await app.listen(configuration.PORT, configuration.HOST);
  } catch (error) {
    throw refusedPort(configuration, error as NodeJS.ErrnoException);
  }
};

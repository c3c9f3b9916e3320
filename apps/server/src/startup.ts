import { EventLogUnavailable } from '#kernel';
import { DatabaseAhead } from '#projection';
import { Messages } from '#messaging';
import { MasterKey, WrongKeyRing } from '#personal-data';
import { migrationSource } from '#postgres';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MIGRATIONS } from '../../../migrations/index.js';
import type { AccessSettings } from './access/access-settings.js';
import { withoutPassword } from './banner.js';
import {
  mailSettingsOf,
  natsSettingsOf,
  taxProviderSettingsOf,
  viesSettingsOf,
  webhookSettingsOf,
} from './configuration/connections.js';
import { firstTenantIn } from './configuration/first-tenant.js';
import type { Configuration } from './configuration/configuration.js';
import { StartRefused } from './embedded/data-folder.js';
import type { Services } from './embedded/embedded-services.js';
import { GrpcDoor } from './doors/grpc/grpc.door.js';
import { createServer, portOf } from './http-application.js';
import { HttpSettings } from './http-settings.js';
import { failureToListen, refusedPort } from './launching/ports.js';
import { keyRingOf } from './launching/role-environment.js';
import type { Started } from './launching/started.js';
import { Installation } from './installation.js';
import { refuseWithoutRights } from './log-rights.js';
import { Members } from './members/members.js';
import { describeApi } from './documentation/describe-api.js';
import { writeFirstKey } from './first-key-file.js';
import { Projecting } from './projecting/projecting.js';
import { ReadModelTables } from './projecting/read-model-tables.js';
import type { ServerOptions } from './server.module.js';
import { DocumentSettings } from './configuration/document-settings.js';
import { ClockSettings } from './worker/clock-watch.js';
import { Worker } from './worker/worker.js';

/** With what a process is started. */
export interface StartOptions {
  readonly configuration: Configuration;
  readonly access: AccessSettings;
  readonly services: Pick<Services, 'eventStoreUrl' | 'databaseUrl' | 'natsUrl'>;
  /** Where the embedded parts write; null where there are none. */
  readonly dataFolder: string | null;
  /** In base64. */
  readonly masterKey: string;
  /** Called once; whatever happens afterwards, the first key counts as shown. */
  readonly show: (started: Started) => void;
}

/** Brings one server process up: database, application, roles, port. @throws StartRefused */
export const startUp = async ({
  configuration,
  access,
  services,
  dataFolder,
  masterKey,
  show,
}: StartOptions): Promise<NestFastifyApplication> => {
  await migrate(services.databaseUrl);
  const app = await create({
    eventStoreUrl: services.eventStoreUrl,
    databaseUrl: services.databaseUrl,
    dataFolder,
    messages: await connectMessages(services.natsUrl, configuration),
    mail: mailSettingsOf(configuration),
    webhooks: webhookSettingsOf(configuration),
    taxProvider: taxProviderSettingsOf(configuration),
    vies: viesSettingsOf(configuration),
    masterKey: new MasterKey(Buffer.from(masterKey, 'base64')),
    access,
    keyRing: keyRingOf(configuration),
    http: new HttpSettings({ corsOrigins: configuration.CORS_ORIGINS }),
    clockSettings: new ClockSettings(configuration.RECOUNT_CLOCK_AHEAD_DAYS),
    documentSettings: new DocumentSettings(configuration.RECOUNT_FONT_DIR ?? null),
    roles: configuration.ROLE,
    logLevel: configuration.LOG_LEVEL,
  });
  try {
    const serves = configuration.ROLE.includes('api');
    const projects = configuration.ROLE.includes('projector');
    if (serves) await describeApi(app);
    await app.init();
    await refuseWithoutRights(services.eventStoreUrl);
    const installation = app.get(Installation);
    const key = await installation.ensure(firstTenantIn(configuration));
    if (projects) await app.get(Projecting).start();
    else tellOfTables(app);
    if (configuration.ROLE.includes('worker')) app.get(Worker).start();
    await listen(app, configuration);
    if (serves) await joinOthers(app, configuration);
    const grpcPort = serves ? await openGrpcDoor(app, configuration) : undefined;
    const { RECOUNT_RECOVERY_KEY: recovery } = configuration;
    const recoveryKey = serves && recovery !== undefined ? await installation.recoveryKey(recovery) : null;
    const opens = key !== null && (await installation.opens(key));
    await installation.showOnce(opens ? key : null, (firstKey) => {
      const file = configuration.RECOUNT_FIRST_KEY_FILE;
      if (firstKey !== null && file !== undefined) writeFirstKey(file, firstKey);
      const isKeyDue = key !== null && !opens;
      show({ port: portOf(app), ...(grpcPort === undefined ? {} : { grpcPort }), firstKey, isKeyDue, recoveryKey });
    });
    return app;
  } catch (error) {
    await app.close();
    if (error instanceof DatabaseAhead) throw new StartRefused(error.message);
    if (error instanceof EventLogUnavailable)
      throw new StartRefused(`The event store does not answer: ${error.message.trim()}`);
    throw error;
  }
};

/** @throws StartRefused */
const create = async (options: ServerOptions): Promise<NestFastifyApplication> => {
  try {
    return await createServer(options);
  } catch (error) {
    if (error instanceof WrongKeyRing) throw new StartRefused(`${error.message} Check RECOUNT_KEY_RING.`);
    throw error;
  }
};

const migrate = async (databaseUrl: string): Promise<void> => {
  const source = migrationSource(databaseUrl, MIGRATIONS);
  try {
    await source.initialize();
    // Of processes that start at once, one migrates. The lock is that of the one connection, and ends with it.
    await source.query(`SELECT pg_advisory_lock(hashtext('recount-migrations'))`);
    await source.query('CREATE SCHEMA IF NOT EXISTS ops');
    await source.runMigrations();
  } catch (error) {
    throw new StartRefused(`The database cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
};

const connectMessages = async (url: string | undefined, configuration: Configuration): Promise<Messages | null> => {
  if (url === undefined) return null;
  try {
    return await Messages.connect(url, configuration.NATS_URL === undefined ? {} : natsSettingsOf(configuration));
  } catch (error) {
    throw new StartRefused(
      `NATS does not answer at ${withoutPassword(url)}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
};

const GRPC_PORT_DEFAULT = 50_051;

/** Also without the API: on a port that nobody asked for, so that it is free. */
const listen = async (
  app: NestFastifyApplication,
  { HOST, PORT, HEALTH_PORT = 0, ROLE }: Configuration,
): Promise<void> => {
  const [name, port] = ROLE.includes('api') ? ['PORT', PORT] : ['HEALTH_PORT', HEALTH_PORT];
  try {
    await app.listen(port, HOST);
  } catch (error) {
    throw refusedPort({ host: HOST, name, port }, error as NodeJS.ErrnoException);
  }
};

/** Beside the others that take requests. */
const joinOthers = async (app: NestFastifyApplication, { MEMBER_HOST, MEMBER_PORT }: Configuration): Promise<void> => {
  try {
    await app.get(Members).join({ host: MEMBER_HOST, port: MEMBER_PORT });
  } catch (error) {
    throw refusedPort({ host: MEMBER_HOST, name: 'MEMBER_PORT', port: MEMBER_PORT }, error as NodeJS.ErrnoException);
  }
};

/** A worker waits for them by itself; who calls the API is told that it is not available until then. */
const tellOfTables = (app: NestFastifyApplication): void => {
  // A database that cannot be asked is told of by the first query that matters.
  app
    .get(ReadModelTables)
    .awaited()
    .catch(() => undefined);
};

/** Nobody who did not ask for the port is kept from starting by a second installation on the same machine. */
const openGrpcDoor = async (app: NestFastifyApplication, { HOST, GRPC_PORT }: Configuration): Promise<number> => {
  const isTaken = GRPC_PORT === undefined && (await failureToListen(HOST, GRPC_PORT_DEFAULT)) !== null;
  const port = isTaken ? 0 : (GRPC_PORT ?? GRPC_PORT_DEFAULT);
  try {
    return await app.get(GrpcDoor).open(app, HOST, port);
  } catch (error) {
    throw refusedPort({ host: HOST, name: 'GRPC_PORT', port }, error as NodeJS.ErrnoException);
  }
};

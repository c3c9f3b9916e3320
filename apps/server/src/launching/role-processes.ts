import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '#embedded';
import { allEnded } from '#kernel';
import { ROLES, type Configuration, type ServerRole } from '../configuration/configuration.js';
import { KeptProcess } from '../embedded/kept-process.js';
import type { Services } from '../embedded/embedded-services.js';
import { workerPortBeside } from './divided.js';
import type { Started } from './started.js';
import { FOLDER_VARIABLE, keyRingOf } from './role-environment.js';

const HOST = fileURLToPath(new URL('./role-host.js', import.meta.url));
const READY_MILLISECONDS_MAX = 120_000;
/** Together with that of the embedded parts, all is over within 30 seconds. */
const STOP_MILLISECONDS_MAX: Readonly<Record<ServerRole, number>> = { api: 9_000, worker: 9_000, projector: 6_000 };

export interface RoleOptions {
  readonly masterKey: string;
  /** Where the embedded parts write. */
  readonly folder: string | undefined;
  /** Told what all of them have to tell, as one. */
  readonly show: (started: Started) => void;
}

/** Of each role a process of its own, which is started again whenever it ends on its own. Answers how they are stopped. @throws ChildServiceFailed */
export const startRoles = async (
  configuration: Configuration,
  services: Services,
  { masterKey, folder, show }: RoleOptions,
): Promise<() => Promise<void>> => {
  const shared = {
    ...process.env,
    EVENTSTORE_URL: services.eventStoreUrl,
    DATABASE_URL: services.databaseUrl,
    ...natsOf(configuration, services),
    RECOUNT_MASTER_KEY: masterKey,
    RECOUNT_KEY_RING: resolve(keyRingOf(configuration)),
    [FOLDER_VARIABLE]: folder,
  };
  const ports = await portsOf(configuration);
  const starting = ROLES.map((role) =>
    KeptProcess.start({
      name: `process of the role ${role}`,
      file: HOST,
      readyWithinMs: READY_MILLISECONDS_MAX,
      stopsWithinMs: STOP_MILLISECONDS_MAX[role],
      at: () => ({ args: [role], env: { ...shared, ROLE: role, ...ports[role] } }),
    }),
  );
  const stop = async (): Promise<void> => {
    const [api, projector, worker] = await Promise.allSettled(starting);
    await Promise.all([api!, worker!].map(ended));
    // What is being billed waits for its read models.
    await ended(projector!);
  };
  try {
    const [api, projector, worker] = (await allEnded(starting)).map(({ told }) => told as Started);
    ports.api = { PORT: String(api!.port), GRPC_PORT: String(api!.grpcPort) };
    const all = [api!, projector!, worker!];
    const firstKey = all.find((one) => one.firstKey !== null)?.firstKey ?? null;
    const isKeyDue = firstKey === null && all.every((one) => one.isKeyDue);
    show({ ...api!, firstKey, isKeyDue, healthPorts: { projector: projector!.port, worker: worker!.port } });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Where each of them is found, and is found again after it was started again. */
const portsOf = async ({ PORT, HEALTH_PORT }: Configuration): Promise<Record<ServerRole, NodeJS.ProcessEnv>> => {
  const [api, projector, worker] = await freePorts(ROLES.length);
  const ofWorker = HEALTH_PORT ? workerPortBeside(HEALTH_PORT) : worker;
  return {
    api: { PORT: String(PORT || api) },
    projector: { HEALTH_PORT: String(HEALTH_PORT || projector) },
    worker: { HEALTH_PORT: String(ofWorker) },
  };
};

/** The embedded one wants nothing but its URL. */
const natsOf = ({ NATS_URL }: Configuration, { natsUrl }: Services): NodeJS.ProcessEnv =>
  NATS_URL !== undefined || natsUrl === undefined
    ? {}
    : { NATS_URL: natsUrl, NATS_CREDENTIALS: '', NATS_TLS_CA: '', NATS_TLS_CERT: '', NATS_TLS_KEY: '' };

const ended = async (started: PromiseSettledResult<KeptProcess>): Promise<void> => {
  if (started.status === 'fulfilled') await started.value.stop();
};

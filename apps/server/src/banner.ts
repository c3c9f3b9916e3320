import { timeZones } from '#kernel';
import type { Configuration } from './configuration/configuration.js';
import type { Services } from './embedded/embedded-services.js';
import type { Started } from './launching/started.js';

export interface Shown {
  readonly configuration: Configuration;
  readonly services: Pick<Services, 'eventStoreUrl' | 'databaseUrl' | 'natsUrl'>;
  readonly folder: string | undefined;
  readonly started: Started;
}

/** What a person needs to know once it runs. The first key is shown this one time, or told where it was written. */
export const banner = ({ configuration, services, folder, started }: Shown): string => {
  const { port, grpcPort, firstKey, isKeyDue, recoveryKey, healthPorts } = started;
  const { EVENTSTORE_URL, DATABASE_URL, NATS_URL, HOST, ROLE, RECOUNT_FIRST_KEY_FILE } = configuration;
  const host = HOST === '0.0.0.0' ? 'localhost' : HOST;
  const url = `http://${host}:${port}`;
  const part = (given: string | undefined, found: string | undefined) =>
    given === undefined
      ? found === undefined
        ? 'off (no nats-server on the PATH)'
        : `embedded, ${withoutPassword(found)}`
      : withoutPassword(given);
  return [
    '',
    'Recount is running.',
    ...(grpcPort === undefined
      ? [`  Roles         ${ROLE.join(', ')}`, `  Health        ${url}/health`, `  Metrics       ${url}/metrics`]
      : [`  API           ${url}/v1`, `  Documentation ${url}/docs`, `  gRPC          ${host}:${grpcPort}`]),
    ...(healthPorts === undefined
      ? []
      : [
          '  Processes     api, projector, worker',
          `  Projector     http://${host}:${healthPorts.projector}/metrics`,
          `  Worker        http://${host}:${healthPorts.worker}/metrics`,
        ]),
    ...(folder === undefined ? [] : [`  Data          ${folder}`]),
    `  Event store   ${part(EVENTSTORE_URL, services.eventStoreUrl)}${EVENTSTORE_URL === undefined ? ' (one node: not for production)' : ''}`,
    `  PostgreSQL    ${part(DATABASE_URL, services.databaseUrl)}`,
    `  NATS          ${part(NATS_URL, services.natsUrl)}`,
    `  Time zones    tz database ${timeZones().release}`,
    ...firstKeyLines(firstKey, RECOUNT_FIRST_KEY_FILE),
    ...recoveryLines(recoveryKey),
    '',
    'Stop it with Ctrl-C.',
    ...(isKeyDue ? ['The first API key is shown by the next start, once a projector has run.'] : []),
    '',
  ].join('\n');
};

const firstKeyLines = (key: string | null, file: string | undefined): string[] => {
  if (key === null) return [];
  if (file !== undefined) return ['', `  First API key in ${file}`];
  return ['', `  First API key ${key}`, '  It is shown this once: keep it.'];
};

/** They come again with each start until the variable is gone. */
const recoveryLines = (key: string | null): string[] =>
  key === null
    ? []
    : [
        '',
        `  Recovery key  ${key}`,
        '  It opens everything: issue the keys that you need, revoke it, and take RECOUNT_RECOVERY_KEY away.',
      ];

/** What may be shown of a URL: neither a password nor a token that stands alone. */
export const withoutPassword = (url: string): string =>
  url.replace(/(:\/\/)([^@/]*)@/, (_, scheme: string, said: string) => {
    const [user] = said.split(':');
    return `${scheme}${user === said ? '' : `${user}:`}…@`;
  });

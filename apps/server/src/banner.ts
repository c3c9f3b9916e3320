import type { Configuration } from './configuration/configuration.js';
import type { Services } from './embedded/embedded-services.js';

export interface Started {
  readonly configuration: Configuration;
  readonly services: Services;
  readonly folder: string | undefined;
  readonly port: number | undefined;
  readonly grpcPort: number | undefined;
  readonly firstKey: string | null;
}

/** What a person needs to know once it runs. The first key is shown this one time. */
export const banner = ({ configuration, services, folder, port, grpcPort, firstKey }: Started): string => {
  const { EVENTSTORE_URL, DATABASE_URL, NATS_URL, HOST, ROLE } = configuration;
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
    ...(port === undefined
      ? [`  Roles         ${ROLE.join(', ')}`]
      : [`  API           ${url}/v1`, `  Documentation ${url}/docs`, `  gRPC          ${host}:${grpcPort}`]),
    ...(folder === undefined ? [] : [`  Data          ${folder}`]),
    `  Event store   ${part(EVENTSTORE_URL, services.eventStoreUrl)}${EVENTSTORE_URL === undefined ? ' (one node: not for production)' : ''}`,
    `  PostgreSQL    ${part(DATABASE_URL, services.databaseUrl)}`,
    `  NATS          ${part(NATS_URL, services.natsUrl)}`,
    ...(firstKey === null ? [] : ['', `  First API key ${firstKey}`, '  It is shown this once: keep it.']),
    '',
    'Stop it with Ctrl-C.',
    '',
  ].join('\n');
};

/** What may be shown of a URL. */
export const withoutPassword = (url: string): string => url.replace(/(:\/\/[^:@/]+):[^@/]+@/, '$1:…@');

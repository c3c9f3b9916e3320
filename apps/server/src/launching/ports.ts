import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Configuration } from '../configuration/configuration.js';
import { StartRefused } from '../embedded/data-folder.js';
import { workerPortBeside } from './divided.js';

export interface Place {
  readonly host: string;
  /** What the port is set by. */
  readonly name: string;
  readonly port: number;
}

/** Before anything is started: nobody waits for a database to learn that a port is taken. @throws StartRefused */
export const checkPorts = async (configuration: Configuration, isDivided: boolean): Promise<void> => {
  for (const place of placesOf(configuration, isDivided)) {
    const failure = await failureToListen(place.host, place.port);
    if (failure) throw refusedPort(place, failure);
  }
};

/** Where it will listen, as far as it was told. */
const placesOf = (configuration: Configuration, isDivided: boolean): Place[] => {
  const { HOST: host, PORT, GRPC_PORT, HEALTH_PORT, MEMBER_HOST, MEMBER_PORT, ROLE } = configuration;
  const serves = ROLE.includes('api');
  const ofApi = [
    { host, name: 'PORT', port: PORT },
    { host, name: 'GRPC_PORT', port: GRPC_PORT },
    { host: MEMBER_HOST, name: 'MEMBER_PORT', port: MEMBER_PORT },
  ];
  const ofHealth = HEALTH_PORT ? [HEALTH_PORT, ...(isDivided ? [workerPortBeside(HEALTH_PORT)] : [])] : [];
  return [
    ...(serves ? ofApi : []),
    ...(serves && !isDivided ? [] : ofHealth.map((port) => ({ host, name: 'HEALTH_PORT', port }))),
  ].flatMap(({ port, ...place }) => (port ? [{ ...place, port }] : []));
};

export const failureToListen = async (host: string, port: number): Promise<NodeJS.ErrnoException | null> => {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  } finally {
    server.close();
  }
};

export const refusedPort = ({ host, name, port }: Place, { code, message }: NodeJS.ErrnoException): StartRefused => {
  if (code === 'EADDRINUSE') return new StartRefused(`Port ${port} is taken: stop what uses it, or set ${name}.`);
  if (code === 'EACCES') return new StartRefused(`Port ${port} needs more rights than this user has: set ${name}.`);
  return new StartRefused(`Recount cannot listen on ${host}:${port} (${name}): ${message}.`);
};

import { type Credentials, type EventStoreDBClient } from '@eventstore/db-client';
import { Metadata } from '@grpc/grpc-js';

import { type ConnectionSettings } from './connection-string.js';

type LoginSettings = Pick<ConnectionSettings, 'login' | 'tls'>;

type Generator = (request: unknown, done: (error: null, metadata: Metadata) => void) => void;

/** Where the package makes the header of a call's credentials. */
interface Internals {
  createCredentialsMetadataGenerator: (credentials: Credentials) => Generator;
}

/**
 * Without TLS the package leaves credentials away, as everybody on the way could read them. From this machine to itself nobody is on
 * the way, and the embedded event store wants to see them.
 */
export const showCredentialsOnLoopback = (client: EventStoreDBClient, connectionString: string): void => {
  if (!isClear(connectionString) || !hostsOf(connectionString).every(isLoopback)) return;
  (client as unknown as Internals).createCredentialsMetadataGenerator =
    ({ username, password }) =>
    (_request, done) => {
      const metadata = new Metadata();
      metadata.set('authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
      done(null, metadata);
    };
};

/** @param address host and port. In the clear only where nobody is on the way; without a login there is nothing to show. */
export const mayShowLogin = (address: string, { login, tls }: LoginSettings): boolean =>
  login === undefined || tls !== undefined || isLoopback(address.replace(/:\d+$/u, ''));

const isClear = (connectionString: string): boolean => /[?&]tls=false(?:&|$)/iu.test(connectionString.trim());

const hostsOf = (connectionString: string): string[] => {
  const [, authority = ''] = /:\/\/([^/?]*)/u.exec(connectionString) ?? [];
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .split(',')
    .map((host) => host.replace(/:\d+$/u, ''));
};

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu.test(host);

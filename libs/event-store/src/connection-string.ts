import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type SecureContextOptions } from 'node:tls';

import { type Credentials } from '@eventstore/db-client';
import { parseConnectionString, type QueryOptions } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What a connection string asks for, as far as this adapter acts on it itself. */
export interface ConnectionSettings {
  /** As the package reads it. */
  readonly text: string;
  readonly hosts: readonly Endpoint[];
  /** Whether there is a leader to be found among several nodes. */
  readonly isCluster: boolean;
  readonly credentials: ChannelCredentials;
  /** Of the authority and of ourselves, where they are named; undefined for connections in the clear. */
  readonly tls: Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> | undefined;
  readonly login: Credentials | undefined;
  /** What the node's log calls this client. */
  readonly name: string;
  /** In milliseconds; below 0 for never. */
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
}

/** A connection string that cannot be used. The message quotes nothing of it: it may hold a password. */
export class WrongConnectionString extends Error {
  override readonly name = 'WrongConnectionString';
}

/** Every option that the package knows and acts on. */
const OPTIONS: Readonly<Record<Exclude<keyof QueryOptions, 'tlsVerifyCert'>, true>> = {
  connectionName: true,
  defaultDeadline: true,
  discoveryInterval: true,
  gossipTimeout: true,
  keepAliveInterval: true,
  keepAliveTimeout: true,
  maxDiscoverAttempts: true,
  nodePreference: true,
  throwOnAppendFailure: true,
  tls: true,
  tlsCAFile: true,
  userCertFile: true,
  userKeyFile: true,
};
const KNOWN = new Set(Object.keys(OPTIONS).map((name) => name.toLowerCase()));

/** The schemes that documents of KurrentDB show; the package has the older ones alone. */
const NEWER_SCHEMES = /^(?:kurrentdb|kurrent|kdb)(?=(?:\+discover)?:\/\/)/u;

/** @throws WrongConnectionString */
export const connectionSettings = (given: string): ConnectionSettings => {
  const text = given.trim().replace(NEWER_SCHEMES, 'esdb');
  checkOptions(text);
  const { hosts, dnsDiscover, tls, nodePreference = 'leader', defaultCredentials, ...rest } = parsed(text);
  const { tlsCAFile, userCertFile, userKeyFile, keepAliveInterval = 10_000, keepAliveTimeout = 10_000 } = rest;
  const [ca, key, cert] = [tlsCAFile, userKeyFile, userCertFile].map((path) =>
    path === undefined ? undefined : contentOf(path),
  );
  return {
    text,
    hosts,
    isCluster: (dnsDiscover || hosts.length > 1) && nodePreference === 'leader',
    credentials:
      tls === false ? credentials.createInsecure() : credentials.createSsl(ca ?? null, key ?? null, cert ?? null),
    tls: tls === false ? undefined : { ...(ca && { ca }), ...(key && { key }), ...(cert && { cert }) },
    login: defaultCredentials,
    name: rest.connectionName ?? randomUUID(),
    keepAliveInterval,
    keepAliveTimeout,
  };
};

/** The package would write the whole string to the terminal, with its password, and go on without the option. */
const checkOptions = (text: string): void => {
  for (const option of text.split('?').slice(1).join('&').split('&')) {
    const name = option.split('=')[0]!.trim();
    const flat = name.replace(/[_-]/gu, '').toLowerCase();
    if (name === '' || KNOWN.has(flat)) continue;
    throw new WrongConnectionString(
      flat === 'tlsverifycert'
        ? 'tlsVerifyCert is not supported: name the authority of the certificate with tlsCAFile.'
        : `it has no option ${name.slice(0, 40)}.`,
    );
  }
};

const parsed = (text: string): ReturnType<typeof parseConnectionString> => {
  try {
    return parseConnectionString(text);
  } catch (error) {
    const expected = /.*expected (.*)\.$/su.exec((error as Error).message)?.[1];
    throw new WrongConnectionString(
      expected === undefined ? 'it cannot be read.' : `it is wrong where ${expected} should be.`,
    );
  }
};

const contentOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    throw new WrongConnectionString(`the file ${path} cannot be read.`);
  }
};

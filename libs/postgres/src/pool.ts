import type { Writable } from 'node:stream';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { LivelyPool } from './lively-pool.js';
import { COLUMN_TYPES } from './pg-types.js';
import { ROLE_NAMES, type Role } from './roles.js';

export interface PoolOptions {
  readonly role: Role;
  readonly max: number;
  /** Read models can be rebuilt and their checkpoint rides along: losing the last moment of them costs nothing. */
  readonly asynchronousCommit?: boolean;
  /** Until the server ends a statement; otherwise as long as the role needs. */
  readonly statementMilliseconds?: number;
}

/** What requests ask is answered within their time; what keeps read models writes a batch at a time. */
const STATEMENT_MILLISECONDS: Readonly<Record<Role, number>> = { api: 10_000, projector: 30_000, owner: 30_000 };

/** The server has the first word: only one that says nothing any more is given up here. */
const SILENCE_MILLISECONDS = 2_000;
const CONNECT_MILLISECONDS = 5_000;

/** The hash of a table, the removal of years of rows: as long as that takes, but not for ever. */
const UNHURRIED_MILLISECONDS = 10 * 60 * 1_000;

/** Connections of one role. Every session runs in UTC and queries of one client may be issued together. */
export const createPool = (connectionString: string, options: PoolOptions): Pool => {
  const { role, max, asynchronousCommit, statementMilliseconds = STATEMENT_MILLISECONDS[role] } = options;
  const settings = [
    'TimeZone=UTC',
    'jit=off',
    `statement_timeout=${statementMilliseconds}`,
    // Whoever began a transaction and was cut off holds its locks no longer than that.
    `idle_in_transaction_session_timeout=${statementMilliseconds + SILENCE_MILLISECONDS}`,
  ];
  if (role !== 'owner') settings.push(`role=${ROLE_NAMES[role]}`);
  if (asynchronousCommit === true) settings.push('synchronous_commit=off');
  const pool = new LivelyPool({
    connectionString,
    max,
    pipeline: true,
    types: COLUMN_TYPES,
    application_name: `recount-${role}`,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    query_timeout: statementMilliseconds + SILENCE_MILLISECONDS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  });
  // A connection that dies is replaced on the next use, and whoever was using it is told by the query; without listeners it would
  // end the process: the pool speaks for those that are idle, each client for itself while it is lent out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** What is issued at once goes out at once: the driver would write each statement to the socket by itself, a system call each. */
export const together = <Issued>(client: PoolClient, issue: () => Issued): Issued => {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  try {
    return issue();
  } finally {
    stream.uncork();
  }
};

/** Runs the work in one transaction on one connection: committed whole, or not at all. */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  begin = 'BEGIN',
): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const [, result] = await together(client, () => Promise.all([client.query(begin), work(client)]));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
};

/** For one statement that may take long, in a transaction of its own kind. */
export const UNHURRIED = `SET LOCAL statement_timeout = ${UNHURRIED_MILLISECONDS}`;

/** The same for this side, which gives up a server that says nothing. */
export const unhurried = (text: string): QueryConfig =>
  ({ text, query_timeout: UNHURRIED_MILLISECONDS + SILENCE_MILLISECONDS }) as QueryConfig;

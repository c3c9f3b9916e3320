import type { Writable } from 'node:stream';
import pg, { type Pool, type PoolClient } from 'pg';
import { COLUMN_TYPES } from './pg-types.js';
import { ROLE_NAMES, type Role } from './roles.js';

export interface PoolOptions {
  readonly role: Role;
  readonly max: number;
  /** Read models can be rebuilt and their checkpoint rides along: losing the last moment of them costs nothing. */
  readonly asynchronousCommit?: boolean;
}

/** Connections of one role. Every session runs in UTC and queries of one client may be issued together. */
export const createPool = (connectionString: string, { role, max, asynchronousCommit }: PoolOptions): Pool => {
  const settings = ['TimeZone=UTC', 'jit=off'];
  if (role !== 'owner') settings.push(`role=${ROLE_NAMES[role]}`);
  if (asynchronousCommit === true) settings.push('synchronous_commit=off');
  const pool = new pg.Pool({
    connectionString,
    max,
    pipeline: true,
    types: COLUMN_TYPES,
    application_name: `recount-${role}`,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
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

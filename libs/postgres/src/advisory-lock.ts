import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig } from 'pg';

const RETRY_MILLISECONDS = 1_000;
const BEAT_MILLISECONDS = 3_000;
/** How long the server may take to answer on a connection that holds locks. */
export const ANSWER_MILLISECONDS = 5_000;
/** A holder that is cut off does not keep the lock from others: it has found out by then. */
const SILENCE_MILLISECONDS = BEAT_MILLISECONDS + ANSWER_MILLISECONDS + 2_000;

export type Held = (signal: AbortSignal) => Promise<void>;

/**
 * Waits for a lock of the database and works while holding it: of several processes, one works and the others stand by.
 * The lock lives as long as its connection. When that is lost or falls silent, the signal that the work gets aborts; the lock is given up, and
 * may be taken again, when the work has ended.
 */
export const whileHolding = (pool: Pool, lock: string, signal: AbortSignal, work: Held): Promise<void> =>
  onOwnConnection(pool, signal, async (client, held) => {
    await taken(client, lock, signal);
    await work(held);
  });

/**
 * Work on a connection that holds locks: they live as long as it does. When it is lost or falls silent, or the work says that it is,
 * the signal that the work gets aborts.
 */
export const onOwnConnection = async (
  pool: Pool,
  signal: AbortSignal,
  work: (client: PoolClient, signal: AbortSignal, lose: () => void) => Promise<void>,
): Promise<void> => {
  const client = await pool.connect();
  const over = new AbortController();
  const lose = (): void => over.abort();
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.query(`SET idle_session_timeout = ${SILENCE_MILLISECONDS}`);
    const beating = beat(client, over);
    try {
      await work(client, AbortSignal.any([signal, over.signal]), lose);
    } finally {
      over.abort();
      await beating;
    }
  } finally {
    // Ending the connection, rather than returning it, frees the locks for certain.
    client.release(true);
  }
};

const taken = async (client: PoolClient, lock: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS locked', [
      lock,
    ]);
    if (rows[0]!.locked) return;
    await sleep(RETRY_MILLISECONDS, undefined, { signal });
  }
};

/** A connection on which nothing is said would not tell that it is gone. */
const beat = async (client: PoolClient, over: AbortController): Promise<void> => {
  while (!over.signal.aborted) {
    try {
      await sleep(BEAT_MILLISECONDS, undefined, { signal: over.signal });
      await client.query({ text: 'SELECT', query_timeout: ANSWER_MILLISECONDS } as QueryConfig);
    } catch {
      over.abort();
    }
  }
};

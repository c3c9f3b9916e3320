import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig } from 'pg';

const RETRY_MILLISECONDS = 1_000;
const BEAT_MILLISECONDS = 3_000;
const ANSWER_MILLISECONDS = 5_000;
/** A holder that is cut off does not keep the lock from others: it has found out by then. */
const SILENCE_MILLISECONDS = BEAT_MILLISECONDS + ANSWER_MILLISECONDS + 2_000;

export type Held = (signal: AbortSignal) => Promise<void>;

/**
 * Waits for a lock of the database and works while holding it: of several processes, one works and the others stand by.
 * The lock lives as long as its connection. When that is lost or falls silent, or one of the parts of the work fails, the signal that
 * they get aborts; the lock is given up, and may be taken again, when all of them have ended.
 */
export const whileHolding = async (
  pool: Pool,
  lock: string,
  signal: AbortSignal,
  ...parts: readonly Held[]
): Promise<void> => {
  const client = await pool.connect();
  const over = new AbortController();
  const lose = (): void => over.abort();
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.query(`SET idle_session_timeout = ${SILENCE_MILLISECONDS}`);
    await taken(client, lock, signal);
    const beating = beat(client, over);
    try {
      await together(parts, AbortSignal.any([signal, over.signal]), lose);
    } finally {
      over.abort();
      await beating;
    }
  } finally {
    // Ending the connection, rather than returning it, frees the lock for certain.
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

/** One that fails ends the others. @throws what failed first, once all have ended */
const together = async (parts: readonly Held[], signal: AbortSignal, end: () => void): Promise<void> => {
  const failures: unknown[] = [];
  await Promise.all(
    parts.map(async (part) => {
      try {
        await part(signal);
      } catch (error) {
        failures.push(error);
        end();
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
};

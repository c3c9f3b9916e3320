import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

const RETRY_MILLISECONDS = 1_000;

/**
 * Waits for a lock of the database and works while holding it: of several processes, one works and the others stand by.
 * The lock lives as long as its connection; the signal that the work gets aborts when that is lost.
 */
export const whileHolding = async (
  pool: Pool,
  lock: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const client = await pool.connect();
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  try {
    for (;;) {
      const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS locked', [
        lock,
      ]);
      if (rows[0]!.locked) break;
      await sleep(RETRY_MILLISECONDS, undefined, { signal });
    }
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    // Ending the connection, rather than returning it, frees the lock for certain.
    client.release(true);
  }
};

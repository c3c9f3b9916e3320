import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { ANSWER_MILLISECONDS, onOwnConnection, type Held } from './advisory-lock.js';

const LOOK_MILLISECONDS = 1_000;

/** Held by every process that takes part in a group, beside those of the parts that it does. */
const MEMBER = 'member';

interface Doing {
  readonly ending: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Shares parts of work out among the processes that name the same group: each part is done by one of them at a time, and each does about as many
 * as the others. One that comes gets its share as soon as the others have ended those parts; what one did that is gone is taken over.
 * A part begins again only after it has ended elsewhere, and its signal aborts when its connection is lost.
 * @throws what a part failed with, once all that this process does have ended
 */
export const shareOut = (
  pool: Pool,
  group: string,
  parts: ReadonlyMap<string, Held>,
  signal: AbortSignal,
): Promise<void> =>
  onOwnConnection(pool, signal, (client, held, lose) => new Share(client, group, parts, lose).hold(held));

class Share {
  private readonly doing = new Map<string, Doing>();
  private readonly failures: unknown[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly group: string,
    private readonly parts: ReadonlyMap<string, Held>,
    private readonly lose: () => void,
  ) {}

  async hold(signal: AbortSignal): Promise<void> {
    try {
      await this.query('SELECT pg_advisory_lock_shared(hashtext($1), hashtext($2))', MEMBER);
      while (!signal.aborted) {
        await this.balance(signal);
        await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await Promise.all([...this.doing.keys()].map((name) => this.end(name)));
    }
    if (this.failures.length > 0) throw this.failures[0];
  }

  private async balance(signal: AbortSignal): Promise<void> {
    const share = Math.ceil(this.parts.size / (await this.members()));
    for (const name of [...this.doing.keys()].slice(share)) {
      await this.end(name);
      await this.query('SELECT pg_advisory_unlock(hashtext($1), hashtext($2))', name);
    }
    const taken: string[] = [];
    for (const name of this.parts.keys()) {
      if (this.doing.size + taken.length >= share) break;
      if (!this.doing.has(name) && (await this.isTaken(name))) taken.push(name);
    }
    // At once, for parts that go together where they can.
    for (const name of taken) this.begin(name, signal);
  }

  private async members(): Promise<number> {
    const { rows } = await this.query<{ members: bigint }>(
      `SELECT count(*) AS members FROM pg_locks
        WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted AND objsubid = 2
          AND classid = (hashtext($1)::bigint & 4294967295)::oid AND objid = (hashtext($2)::bigint & 4294967295)::oid
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      MEMBER,
    );
    return Number(rows[0]!.members);
  }

  private async isTaken(name: string): Promise<boolean> {
    const { rows } = await this.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1), hashtext($2)) AS taken',
      name,
    );
    return rows[0]!.taken;
  }

  private begin(name: string, signal: AbortSignal): void {
    const ending = new AbortController();
    const ended = this.parts.get(name)!(AbortSignal.any([signal, ending.signal])).catch((error: unknown) => {
      this.failures.push(error);
      this.lose();
    });
    this.doing.set(name, { ending, ended });
  }

  private async end(name: string): Promise<void> {
    const { ending, ended } = this.doing.get(name)!;
    ending.abort();
    await ended;
    this.doing.delete(name);
  }

  /** @param name of a part, or of all of them */
  private query<Row extends QueryResultRow>(text: string, name: string): Promise<QueryResult<Row>> {
    return this.client.query<Row>({
      text,
      values: [this.group, name],
      query_timeout: ANSWER_MILLISECONDS,
    } as QueryConfig);
  }
}

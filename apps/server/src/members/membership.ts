import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage, type Pool, type QueryConfig } from '#postgres';
import pTimeout, { TimeoutError } from 'p-timeout';

const BEAT_MILLISECONDS = 1_000;
/** Whoever missed so many beats is gone. */
const GONE_MILLISECONDS = 5_000;
/** A look that takes longer is as none: its connection goes with it, and the next one goes by another. */
const LOOK_MILLISECONDS_MAX = 3_000;
/** By then the others take this one for gone. */
const LOOKS_UNTIL_TOLD = 5;

/** A process that takes requests, and where the others reach it. */
export interface Member {
  readonly id: string;
  /** `host:port`. */
  readonly address: string;
}

/**
 * Which processes take requests, as the database knows: each says every second that it is there. While the database is away, those that were there
 * stay: who of them can be reached is found out by asking.
 */
export class Membership {
  private readonly ending = new AbortController();
  private beating: Promise<void> = Promise.resolve();
  private failed = 0;
  private isFaulty = false;

  /**
   * @param build those of another build are none of ours: they may say the same otherwise
   * @param fault told once, until it goes well again: at once of what is no outage, of an outage that lasts
   */
  constructor(
    private readonly database: Pool,
    private readonly own: Member,
    private readonly build: string,
    private readonly learn: (others: readonly Member[]) => void,
    private readonly fault: (error: unknown) => void,
  ) {}

  begin(): void {
    this.beating = this.beat();
  }

  /** The others learn of it with their next beat. */
  async end(): Promise<void> {
    this.ending.abort();
    await this.beating;
    await this.database.query('DELETE FROM ops.members WHERE member_id = $1', [this.own.id]);
  }

  private async beat(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      await this.look();
      // Rejects when it ends, which is looked at next.
      await sleep(BEAT_MILLISECONDS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    try {
      const others = await pTimeout(this.others(), { milliseconds: LOOK_MILLISECONDS_MAX });
      if (!this.ending.signal.aborted) this.learn(others);
      this.failed = 0;
      this.isFaulty = false;
    } catch (error) {
      this.failed += 1;
      const isAway = isOutage(error) || error instanceof TimeoutError;
      if (this.isFaulty || (isAway && this.failed < LOOKS_UNTIL_TOLD)) return;
      this.fault(error);
      this.isFaulty = true;
    }
  }

  /** Of one statement: that this one is there, who else is, and who has been gone for long. By the clock of the database alone. */
  private async others(): Promise<Member[]> {
    const { rows } = await this.database.query<Member>({
      name: 'members',
      text: `WITH own AS (
          INSERT INTO ops.members (member_id, address, build) VALUES ($1, $2, $3)
            ON CONFLICT (member_id) DO UPDATE SET seen_at = now()
        ), gone AS (DELETE FROM ops.members WHERE seen_at < now() - interval '1 hour')
        SELECT member_id AS id, address FROM ops.members
          WHERE member_id <> $1 AND build = $3 AND seen_at > now() - make_interval(secs => $4 / 1000.0)`,
      values: [this.own.id, this.own.address, this.build, GONE_MILLISECONDS],
      query_timeout: LOOK_MILLISECONDS_MAX,
    } as QueryConfig);
    return rows;
  }
}

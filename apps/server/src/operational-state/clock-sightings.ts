import type { Instant } from '#kernel';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

/** When a worker was last at work, as the clock was then. */
@Injectable()
export class ClockSightings {
  constructor(private readonly pools: Pools) {}

  /** Null before the first time. */
  async last(): Promise<Instant | null> {
    const { rows } = await this.pools.projector.query<{ seen_at: Instant }>('SELECT seen_at FROM ops.clock');
    return rows[0]?.seen_at ?? null;
  }

  async note(now: Instant): Promise<void> {
    // Several processes may note at once: what was seen never goes back.
    await this.pools.projector.query(
      `INSERT INTO ops.clock (seen_at) VALUES ($1)
       ON CONFLICT (is_one) DO UPDATE SET seen_at = greatest(clock.seen_at, excluded.seen_at)`,
      [now],
    );
  }
}

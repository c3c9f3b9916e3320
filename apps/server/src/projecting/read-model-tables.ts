import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '#postgres';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Pools } from '../core/pools.js';
import { PROJECTION_NAMES } from './all-projections.js';

const LOOK_MILLISECONDS = 500;

/** Made by whoever projects. A process that does not waits for them, and says so once. */
@Injectable()
export class ReadModelTables implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private waiting: Promise<void> | undefined;

  constructor(
    private readonly pools: Pools,
    private readonly pino: PinoLogger,
  ) {}

  /** Until all of them are there, or the process stops. */
  awaited(): Promise<void> {
    return (this.waiting ??= this.wait());
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.waiting;
  }

  private async wait(): Promise<void> {
    if (await this.areThere()) return;
    const { signal } = this.stopping;
    this.pino.warn('The read models have no tables yet. A process with the role projector makes them: waiting for it.');
    while (!signal.aborted && !(await this.areThere())) {
      await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
    if (!signal.aborted) this.pino.info('The read models have their tables.');
  }

  private async areThere(): Promise<boolean> {
    try {
      const { rows } = await this.pools.owner.query<{ known: bigint }>(
        'SELECT count(*) AS known FROM ops.projections WHERE name = ANY($1)',
        [PROJECTION_NAMES],
      );
      return rows[0]!.known === BigInt(PROJECTION_NAMES.length);
    } catch (error) {
      if (isOutage(error)) return false;
      throw error;
    }
  }
}

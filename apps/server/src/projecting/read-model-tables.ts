import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '#postgres';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Pools } from '../core/pools.js';
import { LEAST_VERSIONS, PROJECTION_NAMES } from './read-models.js';

const LOOK_MILLISECONDS = 500;

/** Made by whoever projects, and counted anew after an upgrade. A process that does not waits for them, and says so once. */
@Injectable()
export class ReadModelTables implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private waiting: Promise<void> | undefined;

  constructor(
    private readonly pools: Pools,
    private readonly pino: PinoLogger,
  ) {}

  /** Until all of them are there, as this version has them where something is decided by them, or the process stops. */
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
    this.pino.warn(
      'The read models are not there yet as this version has them. A process with the role projector makes them: waiting for it.',
    );
    while (!signal.aborted && !(await this.areThere())) {
      await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
    if (!signal.aborted) this.pino.info('The read models are there.');
  }

  private async areThere(): Promise<boolean> {
    try {
      const { rows } = await this.pools.owner.query<{ known: bigint }>(
        `SELECT count(*) AS known FROM unnest($1::text[], $2::int[]) AS wanted (name, least)
           JOIN ops.projections AS p ON p.name = wanted.name AND p.version >= wanted.least`,
        [PROJECTION_NAMES, LEAST_VERSIONS],
      );
      return rows[0]!.known === BigInt(PROJECTION_NAMES.length);
    } catch (error) {
      if (isOutage(error)) return false;
      throw error;
    }
  }
}

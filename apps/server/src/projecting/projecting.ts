import { EventLog } from '#kernel';
import { SearchTokens } from '#personal-data';
import { ProjectionRunner, Rebuilder } from '#projection';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Pools } from '../core/pools.js';
import { ObservedProjections } from '../telemetry/observed-projections.js';
import { projectionsWith } from './read-models.js';

/** The projector role: keeps read models, and builds them anew when asked. */
@Injectable()
export class Projecting implements BeforeApplicationShutdown {
  private readonly runner: ProjectionRunner;
  private readonly rebuilder: Rebuilder;

  constructor(
    log: EventLog,
    pools: Pools,
    { logger }: PinoLogger,
    { around }: ObservedProjections,
    tokens: SearchTokens,
  ) {
    const projections = projectionsWith((tenantId, personal) => tokens.of(tenantId, personal));
    this.runner = new ProjectionRunner(log, pools, projections, logger, around);
    this.rebuilder = new Rebuilder(log, pools, projections, logger);
  }

  async start(): Promise<void> {
    await this.runner.start();
    this.rebuilder.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.runner.stop(), this.rebuilder.stop()]);
  }
}

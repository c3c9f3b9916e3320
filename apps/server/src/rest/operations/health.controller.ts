import { EventLog, refuse } from '#kernel';
import { Controller, Get, Query, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { ApiTags } from '@nestjs/swagger';
import { OptionalMessages } from '../../core/optional-messages.js';
import { Pools } from '../../core/pools.js';
import { Answers } from '../http/documented.js';
import { Public } from '../http/authentication.guard.js';
import { NoQuery } from '../http/queries.dto.js';
import { HealthResource } from './health.resource.js';

@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly log: EventLog,
    private readonly pools: Pools,
    private readonly nats: OptionalMessages,
  ) {}

  /** The process is alive. */
  @Get()
  @Answers(HealthResource)
  alive(@Query() _: NoQuery): HealthResource {
    return { status: 'ok' };
  }

  /** Everything that requests need answers. */
  @Get('ready')
  @HealthCheck()
  async ready(@Query() _: NoQuery): Promise<HealthCheckResult> {
    const { messages } = this.nats;
    try {
      return await this.health.check([
        () => this.probe('eventLog', () => this.log.head()),
        () => this.probe('database', () => this.pools.api.query('SELECT 1')),
        ...(messages ? [() => this.probe('nats', () => messages.checkHealth())] : []),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down = {} } = error.getResponse() as HealthCheckResult;
      const parts = Object.entries(down).map(([name, part]) => `${name} is down: ${String(part?.['message'])}`);
      return refuse('unavailable', parts.join(' '), 'unavailable');
    }
  }

  private async probe(name: string, ask: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await ask();
      return indicator.up();
    } catch (error) {
      return indicator.down(error instanceof Error ? error.message : String(error));
    }
  }
}

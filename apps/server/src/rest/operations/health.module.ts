import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AcceptGuard } from '../../pipeline/accept.guard.js';
import { ProblemFilter } from '../../pipeline/problem.filter.js';
import { RequestPipe } from '../../pipeline/validation.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';

/** What a process without the REST door tells of itself, on a port of its own. */
@Module({
  imports: [TerminusModule],
  controllers: [HealthController, MetricsController],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AcceptGuard },
    { provide: APP_PIPE, useClass: RequestPipe },
  ],
})
export class HealthModule {}

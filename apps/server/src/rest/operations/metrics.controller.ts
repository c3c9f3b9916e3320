import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { Public } from '../../pipeline/public.js';
import { Serves } from '../../pipeline/served-types.js';
import { MetricsQuery } from './metrics.dto.js';
import { Metrics } from '../../telemetry/metrics.js';

/** No operation, and so public: whoever scrapes is looked at when their headers come. */
@Controller('metrics')
@Public()
@ApiExcludeController()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @RouteConfig({ needs: 'operations.read' })
  @Serves('text/plain')
  async scrape(@Res({ passthrough: true }) reply: FastifyReply, @Query() { include }: MetricsQuery): Promise<string> {
    const { registry, revenue } = this.metrics;
    reply.header('content-type', registry.contentType);
    const registries = include === 'mrr' ? [registry, revenue] : [registry];
    return (await Promise.all(registries.map((each) => each.metrics()))).join('\n');
  }
}

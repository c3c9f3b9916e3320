import { EventLog } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { finalize, type Observable } from 'rxjs';

/** What a Prometheus server may scrape. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<'method' | 'route' | 'status'>;

  constructor(statuses: ProjectionStatuses, log: EventLog) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'recount_http_request_duration_seconds',
      help: 'Duration of HTTP requests.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    });
    new Gauge({
      name: 'recount_projection_lag',
      help: 'How far a projection is behind the log, in units of log positions.',
      labelNames: ['projection', 'status'],
      registers,
      async collect() {
        const head = await log.head();
        this.reset();
        for (const { name, status, position } of await statuses.all()) {
          this.set({ projection: name, status }, Number(head > position ? head - position : 0n));
        }
      },
    });
  }
}

@Injectable()
export class MetricsInterceptor implements NestInterceptor {
  constructor(private readonly metrics: Metrics) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { method, routeOptions } = http.getRequest<FastifyRequest>();
    const stop = this.metrics.requests.startTimer({ method, route: routeOptions.url ?? 'unknown' });
    return next.handle().pipe(finalize(() => stop({ status: String(http.getResponse<FastifyReply>().statusCode) })));
  }
}

import type { AroundBatch } from '#projection';
import { Injectable } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { Metrics } from './metrics.js';
import { inSpan, linksTo } from './spans.js';

@Injectable()
export class ObservedProjections {
  constructor(private readonly metrics: Metrics) {}

  readonly around: AroundBatch = async (projection, events, write) => {
    const stop = this.metrics.projectionSeconds.startTimer({ projection });
    const links = linksTo(events);
    const options = { kind: SpanKind.CONSUMER, root: true, links, attributes: { 'recount.events': events.length } };
    await (links.length > 0 ? inSpan(`project ${projection}`, options, write) : write());
    stop();
    this.metrics.projectedEvents.inc({ projection }, events.length);
  };
}

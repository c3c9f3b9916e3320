import type { AroundBatch } from '#projection';
import { Injectable } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { Metrics } from './metrics.js';
import { inSpan, linksTo } from './spans.js';

@Injectable()
export class ObservedProjections {
  constructor(private readonly metrics: Metrics) {}

  readonly around: AroundBatch = async (written, write) => {
    const stopping = written.map(({ projection }) => this.metrics.projectionSeconds.startTimer({ projection }));
    const events = new Set(written.flatMap((one) => one.events));
    const projections = written.map(({ projection }) => projection);
    const links = linksTo([...events]);
    const attributes = { 'recount.events': events.size, 'recount.projections': projections };
    const name = projections.length === 1 ? `project ${projections[0]!}` : 'project';
    await (links.length > 0
      ? inSpan(name, { kind: SpanKind.CONSUMER, root: true, links, attributes }, write)
      : write());
    for (const stop of stopping) stop();
    for (const { projection, events: own } of written) this.metrics.projectedEvents.inc({ projection }, own.length);
  };
}

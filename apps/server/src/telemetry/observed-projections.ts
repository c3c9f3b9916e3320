import type { AroundBatch } from '#projection';
import { Injectable } from '@nestjs/common';
import { Metrics } from './metrics.js';

@Injectable()
export class ObservedProjections {
  constructor(private readonly metrics: Metrics) {}

  readonly around: AroundBatch = async (projection, events, write) => {
    const stop = this.metrics.projectionSeconds.startTimer({ projection });
    await write();
    stop();
    this.metrics.projectedEvents.inc({ projection }, events.length);
  };
}

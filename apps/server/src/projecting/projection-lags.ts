import { DOMAIN_STREAM_PREFIXES, metadataOf } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { ProjectionStatuses, type ProjectionStatus } from '#projection';
import { Injectable } from '@nestjs/common';
import { remembered } from '../telemetry/remembered.js';

const REMEMBERED_MILLISECONDS = 1_000;

/** How far a projection is behind the log. */
export interface ProjectionLag extends Pick<ProjectionStatus, 'name' | 'status'> {
  /** In the log's own units. */
  readonly positions: bigint;
  /** Age of the oldest event that it has not considered; 0 if there is none. */
  readonly seconds: number;
}

@Injectable()
export class ProjectionLags {
  /** Of all projections, a moment old at the most. */
  readonly all = remembered(REMEMBERED_MILLISECONDS, () => this.measured());

  constructor(
    private readonly statuses: ProjectionStatuses,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  private async measured(): Promise<ProjectionLag[]> {
    // The end of the log first: what is projected meanwhile must not look as if it were ahead of it.
    const head = await this.log.head();
    const statuses = await this.statuses.all();
    const behind = new Set(statuses.map(({ position }) => position).filter((position) => position < head));
    const ages = new Map(
      await Promise.all([...behind].map(async (position) => [position, await this.ageAfter(position)] as const)),
    );
    return statuses.map(({ name, status, position }) => ({
      name,
      status,
      positions: position < head ? head - position : 0n,
      seconds: ages.get(position) ?? 0,
    }));
  }

  private async ageAfter(position: bigint): Promise<number> {
    const filter = { streamPrefixes: DOMAIN_STREAM_PREFIXES };
    for await (const event of this.log.readAll(position > 0n ? { after: position, filter } : { filter })) {
      const milliseconds = Date.parse(this.clock.now()) - Date.parse(metadataOf(event).recordedAt);
      return Math.max(milliseconds, 0) / 1_000;
    }
    return 0;
  }
}

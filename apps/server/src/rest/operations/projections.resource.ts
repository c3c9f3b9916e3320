import { ApiProperty } from '@nestjs/swagger';
import type { ProjectionStatus } from '#projection';

export class RebuildHashesResource {
  /** @example "9f86d081884c7d65" */
  live!: string;
  /** @example "9f86d081884c7d65" */
  rebuilt!: string;
}

export class RebuildResource {
  /** @example "running" */
  status!: 'requested' | 'running' | 'completed' | 'failed';
  /** From 0 to 1. @example 0.42 */
  @ApiProperty({ format: 'double' })
  progress!: number;
  /** @example 36000 */
  eventsPerSecond!: number;
  /** Events read so far. @example 84000 */
  events!: string;
  /** Seconds to go, by the pace so far. @example 12 */
  eta!: number | null;
  failure!: string | null;
  /** If a comparison was asked for: the hashes of the tables before and after, taken at the same event. */
  hashes!: RebuildHashesResource | null;
}

export class ProjectionResource {
  /** @example "invoices" */
  name!: string;
  /** @example 1 */
  version!: number;
  /** Everything up to here is considered. @example "4711" */
  position!: string;
  /** How far the log is ahead, in its own units. @example "0" */
  lag!: string;
  /** @example "running" */
  status!: 'running' | 'paused' | 'failed';
  /** The event that it stopped at. */
  failure!: string | null;
  /** The latest rebuild, if there was one. */
  rebuild!: RebuildResource | null;
}

export const projectionResource = (
  { name, version, position, status, failure, rebuild }: ProjectionStatus,
  head: bigint,
): ProjectionResource => ({
  name,
  version,
  position: String(position),
  lag: String(head > position ? head - position : 0n),
  status,
  failure,
  rebuild: rebuild && rebuildResource(rebuild),
});

const rebuildResource = (rebuild: NonNullable<ProjectionStatus['rebuild']>): RebuildResource => {
  const { status, position, head, events, seconds, failure, liveHash, rebuiltHash } = rebuild;
  const share = head === null || head === 0n ? 1 : Number(((position ?? 0n) * 10_000n) / head) / 10_000;
  const progress = status === 'completed' ? 1 : status === 'requested' ? 0 : Math.min(share, 1);
  const left = seconds === null || progress === 0 ? null : Math.round((seconds * (1 - progress)) / progress);
  return {
    status,
    progress,
    eventsPerSecond: seconds === null || seconds === 0 ? 0 : Math.round(Number(events) / seconds),
    events: String(events),
    eta: status === 'running' ? left : null,
    failure,
    hashes: liveHash === null || rebuiltHash === null ? null : { live: liveHash, rebuilt: rebuiltHash },
  };
};

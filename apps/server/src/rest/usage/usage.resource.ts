import { ApiProperty } from '@nestjs/swagger';
import type { RecordedReading } from '#projections/usage';
import type { ViolationResource } from '../../pipeline/problem.resource.js';

/** What became of one event. */
export class UsageResultResource {
  /** As it was sent; null where there is none that could be read. @example "req-1" */
  id!: string | null;
  /** `accepted` is durable; a `duplicate` says what the first one with its id says. @example "accepted" */
  status!: 'accepted' | 'duplicate' | 'rejected';
  /** Why it was rejected. @example "account_not_found" */
  code?: string;
  /** @example "There is no such account." */
  message?: string;
  /** Where in the request it is wrong, of one that is no usage event. @example [{ "pointer": "/events/1/at", "code": "invalid_instant", "message": "“2026-02-30T00:00:00Z” is not a moment that exists." }] */
  errors?: ViolationResource[];
  /** The id of the reading, where it is not the one that was sent: of a CloudEvent, its source and id. */
  readingId?: string;
  /** Of a stream, counted from 1. */
  line?: number;
}

export class UsageCountsResource {
  /** @example 1 */
  accepted!: number;
  /** @example 0 */
  duplicates!: number;
  /** @example 1 */
  rejected!: number;
}

export class UsagePositionResource {
  /** @example "4711" */
  position!: string;
}

export class UsageRecordingResource {
  /** In the order of the events; of a stream of lines, the first 1,000 that were rejected. @example [{ "id": "req-1", "status": "accepted" }, { "id": "req-2", "status": "rejected", "code": "account_not_found", "message": "There is no such account." }] */
  results!: UsageResultResource[];
  counts!: UsageCountsResource;
  log!: UsagePositionResource;
}

export class ReadingResource {
  /** @example "req-1" */
  id!: string;
  /** @example "llm_request" */
  event!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "2026-01-15T10:30:00Z" */
  at!: string;
  /** @example { "context_tokens": "374" } */
  properties!: Record<string, string>;
  subscriptionId!: string | null;
  /** @example "2026-01-15T10:30:01Z" */
  recordedAt!: string;
  /** What was retracted counts no more. @example "recorded" */
  status!: 'recorded' | 'amended' | 'retracted';
  /** Why it was amended or retracted. */
  reason!: string | null;
}

export const readingResource = ({
  id,
  event,
  accountId,
  at,
  properties,
  subscriptionId,
  recordedAt,
  status,
  reason,
}: RecordedReading): ReadingResource => ({
  id,
  event,
  accountId,
  at,
  properties: { ...properties },
  subscriptionId: subscriptionId ?? null,
  recordedAt,
  status,
  reason,
});

/** What became of a correction. The readings' list shows it once the read model has come to the position. */
export class CorrectionResource {
  /** @example "req-1" */
  id!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "amended" */
  status!: 'amended' | 'retracted';
}

export class UsageWindowResource {
  /** @example "2026-01-01T00:00:00Z" */
  start!: string;
  /** @example "2026-02-01T00:00:00Z" */
  end!: string;
  /** @example "561229" */
  quantity!: string;
  /** Readings that were counted. @example 485 */
  @ApiProperty({ format: 'int64' })
  count!: number;
  /** @example { "model": "large" } */
  @ApiProperty({ type: 'object', additionalProperties: { type: ['string', 'null'] } })
  group!: Record<string, string | null>;
}

export class UsageReportResource {
  /** @example "input_tokens" */
  meter!: string;
  /** Windows without readings are left out. */
  data!: UsageWindowResource[];
  /** Measured over the whole stretch anew, never a sum of windows or groups. @example "561229" */
  total!: string;
}

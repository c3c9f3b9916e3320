import type { RecordedReading } from '#projections/usage';

/** What became of one event. */
export class UsageResultResource {
  /** @example "req-1" */
  id!: string;
  /** `accepted` is durable; of a `duplicate`, the first one counts. @example "accepted" */
  status!: 'accepted' | 'duplicate' | 'rejected';
  /** Why it was rejected. @example "account_not_found" */
  code?: string;
  message?: string;
}

export class UsagePositionResource {
  /** @example "4711" */
  position!: string;
}

export class UsageRecordingResource {
  /** In the order of the events. */
  results!: UsageResultResource[];
  log!: UsagePositionResource;
}

export class ReadingResource {
  /** @example "req-1" */
  id!: string;
  /** @example "llm_request" */
  event!: string;
  accountId!: string;
  at!: string;
  /** @example { "context_tokens": "374" } */
  properties!: Record<string, string>;
  subscriptionId!: string | null;
  recordedAt!: string;
}

export const readingResource = ({
  id,
  event,
  accountId,
  at,
  properties,
  subscriptionId,
  recordedAt,
}: RecordedReading): ReadingResource => ({
  id,
  event,
  accountId,
  at,
  properties: { ...properties },
  subscriptionId: subscriptionId ?? null,
  recordedAt,
});

export class UsageWindowResource {
  start!: string;
  end!: string;
  /** @example "561229" */
  quantity!: string;
  /** Readings that were counted. @example 485 */
  count!: number;
  /** @example { "model": "large" } */
  group!: Record<string, string | null>;
}

export class UsageReportResource {
  /** @example "input_tokens" */
  meter!: string;
  /** Windows without readings are left out. */
  data!: UsageWindowResource[];
}

import type { AccountId, Instant, Json, TenantId } from '#kernel';

export interface Actor {
  readonly type: 'api_key' | 'reactor' | 'operator';
  readonly id: string;
}

/** What every event carries beside its fact: who, why, in which request, and on which of the two time axes. */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly tenantId?: TenantId;
  readonly accountId?: AccountId;
  readonly commandId: string;
  readonly requestHash: string;
  readonly actor: Actor;
  readonly reason?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  /** When the log learned it; never below the stream's last one. */
  readonly recordedAt: Instant;
  /** When it counts in business: an instant or a local date, by type of event. */
  readonly effectiveAt: string;
}

export const metadataOf = (event: { readonly metadata: Readonly<Record<string, Json>> }): EventMetadata =>
  event.metadata as unknown as EventMetadata;

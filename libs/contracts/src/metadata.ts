import type { AccountId, Instant, Json, TenantId } from '#kernel';

export interface Actor {
  /** `user` is the subject of a token that somebody else issued. */
  readonly type: 'api_key' | 'user' | 'reactor' | 'operator';
  readonly id: string;
  /** What they were when they did it; none if single permissions were granted, or Recount acted itself. */
  readonly role?: string;
}

/** What every event carries beside its fact: who, why, in which request, and on which of the two time axes. */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly tenantId?: TenantId;
  readonly accountId?: AccountId;
  readonly commandId: string;
  /** The operation that was asked for; absent where nobody asked. */
  readonly command?: string;
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
  /** Ties the event to all that stands before it in its stream (`chainOf`); the write path adds it as the last thing. */
  readonly chain?: string;
}

export const metadataOf = (event: { readonly metadata: Readonly<Record<string, Json>> }): EventMetadata =>
  event.metadata as unknown as EventMetadata;

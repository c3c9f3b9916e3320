import { isBefore, type Anchor, type Instant, type SubscriptionId } from '#kernel';
import type { Personal } from '../account/personal.js';
import type { Activation, BillingSchedule, CreditPolicy } from './subscription.events.js';
import type { Terms } from './terms.js';

/** A stretch of the timeline during which the terms stay the same. */
export interface Segment extends Terms {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** The end that was set for the timeline. */
export interface TimelineEnd {
  readonly changeId: string;
  readonly endsAt: Instant;
  readonly credit: CreditPolicy;
}

export interface Subscription {
  readonly id: SubscriptionId;
  /** Order of creation in the account: readings that name no subscription go to the first that matches. */
  readonly ordinal: number;
  readonly externalIdHash: string | null;
  readonly personal: Personal | null;
  /** Those of its creation. */
  readonly terms: Terms;
  readonly startAt: Instant;
  readonly anchor: Anchor;
  readonly timeZone: string;
  readonly activation: Activation;
  activatedAt: Instant | null;
  /** Empty until activation, and where the end is set back to it. */
  segments: readonly Segment[];
  cancellation: TimelineEnd | null;
  ended: boolean;
  /** Per charge, the end of the last service that was considered for billing. */
  readonly through: Map<string, Instant>;
  schedule: BillingSchedule;
  generation: number;
}

export type SubscriptionStatus = 'pending' | 'active' | 'canceled' | 'ended';

/** What of a timeline its status depends on. */
export interface TimelineBounds {
  readonly activatedAt: Instant | null;
  /** Its end, once that is known. */
  readonly endsAt: Instant | null;
}

export const boundsOf = ({ activatedAt, cancellation }: Subscription): TimelineBounds => ({
  activatedAt,
  endsAt: cancellation?.endsAt ?? null,
});

/** A look-up in the timeline; timers only announce what it says. */
export const statusAt = ({ activatedAt, endsAt }: TimelineBounds, at: Instant): SubscriptionStatus => {
  if (endsAt !== null) return isBefore(at, endsAt) ? 'canceled' : 'ended';
  return activatedAt !== null && !isBefore(at, activatedAt) ? 'active' : 'pending';
};

/** The timeline without anything from `at` on. */
export const cutTimeline = (segments: readonly Segment[], at: Instant): readonly Segment[] =>
  segments
    .filter(({ from }) => isBefore(from, at))
    .map((segment) => (segment.to === null || isBefore(at, segment.to) ? { ...segment, to: at } : segment));

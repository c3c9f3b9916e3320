import type {
  EndCredit,
  Personal,
  Terms,
  Activation,
  TrialTerms,
  Metadata,
  Segment,
  BillingSchedule,
} from '#contracts';
import {
  isBefore,
  plusDays,
  startOfDay,
  type Anchor,
  type Instant,
  type LocalDate,
  type LocalPeriod,
  type LocalTime,
  type SubscriptionId,
} from '#kernel';
import type { AppliedDiscount } from '../discount/applied-discount.js';
import { segmentAt, type TimelineChange, type Trial } from './timeline.js';

/** The end that was set for the timeline. */
export interface TimelineEnd {
  readonly changeId: string;
  readonly endsAt: Instant;
  readonly credit: EndCredit;
  /** What falls due with the end, or later, is never billed. */
  readonly finalBill?: false;
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
  /** Its days, by the rules by which they were told and billed. */
  zone: LocalTime;
  readonly activation: Activation;
  /** A trial that it begins with. */
  readonly trialTerms: TrialTerms | null;
  /** Up to where another system has billed it. */
  readonly billedThrough: Instant | null;
  metadata: Metadata;
  activatedAt: Instant | null;
  trial: Trial | null;
  trialEnded: boolean;
  /** Empty until activation, and where the end is set back to it. */
  segments: readonly Segment[];
  /** As it was last told in a fact: empty while it follows from creation, activation and end alone. */
  toldSegments: readonly Segment[];
  changes: readonly TimelineChange[];
  /** Of all changes that were ever made, also of those that were withdrawn. */
  readonly changeIds: Set<string>;
  /** The earliest instant from which any of these counted; null while there are none. */
  changedFrom: Instant | null;
  /** Revision of the last one; −1 before it. */
  changedAt: number;
  /** The same instant, but no earlier than billings of the whole account have looked since the last one. */
  unsettledFrom: Instant | null;
  cancellation: TimelineEnd | null;
  /** In the order in which they were applied, also those that count no more. */
  discounts: readonly AppliedDiscount[];
  ended: boolean;
  /** Per charge, the end of the last service that was considered for billing. */
  readonly through: Map<string, Instant>;
  /** Per charge, up to which period raters have billed that told parts of a period apart by plan. */
  readonly billedApart: Map<string, LocalDate>;
  schedule: BillingSchedule;
  generation: number;
}

/** Whether anything that was ever decided of the timeline may say something else of a period. Told a day too often, never too rarely. */
export const changesTouch = (
  { changedFrom, zone }: Pick<Subscription, 'changedFrom' | 'zone'>,
  { end }: LocalPeriod,
): boolean => changedFrom !== null && !isBefore(startOfDay(plusDays(end, 1), zone), changedFrom);

export type SubscriptionStatus = 'pending' | 'trialing' | 'active' | 'paused' | 'canceled' | 'ended';

/** What of a timeline its status depends on, and its terms. */
export interface Timeline {
  readonly activatedAt: Instant | null;
  /** Its end, once that is known. */
  readonly endsAt: Instant | null;
  /** Empty where it has one segment, on the terms of its creation. */
  readonly segments: readonly Segment[];
}

export const timelineIn = ({ activatedAt, cancellation, toldSegments }: Subscription): Timeline => ({
  activatedAt,
  endsAt: cancellation?.endsAt ?? null,
  segments: toldSegments,
});

/** A look-up in the timeline; timers only announce what it says. */
export const statusAt = ({ activatedAt, endsAt, segments }: Timeline, at: Instant): SubscriptionStatus => {
  if (endsAt !== null) return isBefore(at, endsAt) ? 'canceled' : 'ended';
  if (activatedAt === null || isBefore(at, activatedAt)) return 'pending';
  return segmentAt(segments, at)?.status ?? 'active';
};

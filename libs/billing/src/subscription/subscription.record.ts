import type { Personal, Terms, Activation, Metadata, Segment, EndCredit } from '#contracts';
import type { AccountId, Anchor, Instant, SubscriptionId } from '#kernel';
import { timelineIn, type Subscription } from './subscription.js';

export interface SubscriptionRecord extends Terms {
  readonly subscriptionId: SubscriptionId;
  readonly accountId: AccountId;
  readonly personal: Personal | null;
  readonly startAt: Instant;
  readonly anchor: Anchor;
  readonly timeZone: string;
  readonly activation: Activation;
  readonly metadata: Metadata;
  readonly activatedAt: Instant | null;
  readonly trialEndsAt: Instant | null;
  /** The timeline, once it is more than one segment on the terms of the creation. */
  readonly segments: readonly Segment[];
  readonly endsAt: Instant | null;
  readonly cancelCredit: EndCredit | null;
  readonly nextBillAt: Instant | null;
}

export const subscriptionRecord = (subscription: Subscription, accountId: AccountId): SubscriptionRecord => {
  const { id, personal, terms, startAt, anchor, timeZone, activation, metadata, cancellation, schedule } = subscription;
  return {
    subscriptionId: id,
    accountId,
    personal,
    ...terms,
    startAt,
    anchor,
    timeZone,
    activation,
    metadata,
    ...timelineIn(subscription),
    trialEndsAt: subscription.trial?.endsAt ?? null,
    cancelCredit: cancellation?.credit ?? null,
    nextBillAt: schedule.nextBillAt,
  };
};

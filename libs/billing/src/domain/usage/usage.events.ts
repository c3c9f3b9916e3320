import type { Event, Instant, SubscriptionId } from '#kernel';

/** Something that happened. Property values are texts; numbers came in as decimals and stay decimal texts. */
export interface Reading {
  readonly id: string;
  readonly event: string;
  readonly at: Instant;
  readonly properties: Readonly<Record<string, string>>;
  readonly subscriptionId?: SubscriptionId;
}

/** Readings of one account and one request. The log may hold a reading twice: of one id, the first in the stream counts. */
export type UsageRecorded = Event<'UsageRecorded', { readonly readings: readonly Reading[]; readonly source: 'api' }>;

export type UsageEvent = UsageRecorded;

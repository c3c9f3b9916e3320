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

/** The reading that a correction is about: where it stands, and what finds the periods that it belongs to. */
export interface CorrectedReading extends Omit<Reading, 'properties'> {
  readonly revision: number;
  readonly ordinal: number;
}

/** Other properties than were told. The last word about a reading counts; its instant and place stay. */
export type UsageAmended = Event<
  'UsageAmended',
  {
    readonly reading: CorrectedReading;
    readonly properties: Reading['properties'];
    readonly reason: string;
  }
>;

/** It never happened, and counts no more. */
export type UsageRetracted = Event<'UsageRetracted', { readonly reading: CorrectedReading; readonly reason: string }>;

export type UsageCorrection = UsageAmended | UsageRetracted;

export type UsageEvent = UsageRecorded | UsageCorrection;

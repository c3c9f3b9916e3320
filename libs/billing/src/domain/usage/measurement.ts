import type { Instant, SubscriptionId } from '#kernel';
import type { Meter } from '../catalog/meter.js';

/** The readings that count for one charge and service: of the meter, in `[start, end)`, and of the subscription. */
export interface UsageDemand {
  readonly key: string;
  readonly meter: Meter;
  readonly subscriptionId: SubscriptionId;
  readonly start: Instant;
  readonly end: Instant;
  /** Readings that name no subscription go to the earliest-created one that matches: what these take is not ours. */
  readonly takenByEarlier: readonly { readonly meter: Meter; readonly start: Instant; readonly end: Instant }[];
}

export interface Measured {
  readonly count: number;
  /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
  readonly digest: string;
  readonly quantity: string;
}

/** What was measured of one account, all at the same cut. */
export interface MeasuredUsage {
  readonly stream: string;
  /** Last revision of the stream that was looked at; −1 if there is none. */
  readonly cut: number;
  readonly byKey: ReadonlyMap<string, Measured>;
}

/** Readings came in for an event name and a day (UTC) after the account's last cut. */
export interface Arrival {
  readonly event: string;
  readonly day: string;
}

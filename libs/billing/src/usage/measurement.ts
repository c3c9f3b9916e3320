import type { Meter } from '#contracts';
import type { Instant, LocalPeriod, SubscriptionId, Zone } from '#kernel';
import type { LevelChange, ProrationBasis } from '#rating';

/** The readings that count for one charge and service: of the meter, in `[start, end)`, and of the subscription. */
export interface UsageDemand {
  readonly key: string;
  readonly meter: Meter;
  readonly subscriptionId: SubscriptionId;
  readonly start: Instant;
  readonly end: Instant;
  /** Stretches between that do not count. */
  readonly gaps?: readonly { readonly start: Instant; readonly end: Instant }[];
  /** The zone that days turn in. */
  readonly zone: Zone;
  /** Of a recurring meter: readings count from here on, whatever they were before `start` is carried in. */
  readonly carriedFrom?: Instant;
  /** Of a recurring meter whose charge is prorated: the whole period that what is held is a part of. */
  readonly prorated?: { readonly basis: ProrationBasis; readonly period: LocalPeriod };
  /** Whether it is asked how the quantity that is prorated came and went. */
  readonly levels?: boolean;
  /** The properties to break usage down by. */
  readonly groupBy?: readonly string[];
  /** Whether the value of each single reading is asked for. */
  readonly values?: boolean;
  /** Readings that name no subscription go to the earliest-created one that matches: what these take is not ours. */
  readonly takenByEarlier: readonly { readonly meter: Meter; readonly start: Instant; readonly end: Instant }[];
}

/** Usage of one combination of property values; properties that a reading does not have are missing. */
export interface MeasuredGroup {
  readonly group: Readonly<Record<string, string>>;
  readonly quantity: string;
}

export interface Measured {
  readonly count: number;
  /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
  readonly digest: string;
  /** Of all readings; where they are grouped, the sum of the groups. */
  readonly quantity: string;
  /** By the properties that the demand names, sorted by their values. */
  readonly groups?: readonly MeasuredGroup[];
  /** The value of each reading in the order of their instants, where the demand asks for them. */
  readonly values?: readonly string[];
  /** What the quantity is made of, where the demand asks for it. */
  readonly levels?: readonly LevelChange[];
  /** Whether the meter lets the quantity be below zero. */
  readonly mayBeNegative?: boolean;
}

/** Whether a demand is measured from its readings one by one: what SQL cannot aggregate as one number. */
export const needsReadings = ({ carriedFrom, values }: UsageDemand): boolean =>
  carriedFrom !== undefined || values === true;

/** What was measured of one account, all at the same cut. */
export interface UsageAtCut {
  /** Of the last event of the usage stream that has something of the account; −1 if there is none. */
  readonly cut: number;
  readonly byKey: ReadonlyMap<string, Measured>;
}

/** The same, with the stream that has the account's readings, beside those of others. */
export interface MeasuredUsage extends UsageAtCut {
  readonly stream: string;
}

/** Readings came in for an event name and a day (UTC) after the account's last cut. */
export interface Arrival {
  readonly event: string;
  readonly day: string;
  /** Revision of the last of them. */
  readonly revision?: number;
}

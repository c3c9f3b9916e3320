import type { Anchor, Event, Instant, LocalDate, SubscriptionId } from '#kernel';
import type { Personal } from '../account/personal.js';
import type { Overrides, Quantities, RecurringTerm } from './terms.js';

export type Activation = 'automatic' | 'manual';

/** What happens to the unused part of what was billed in advance. */
export type CreditPolicy = 'prorated' | 'none';

/** Something that falls due. The agenda copies it; a later generation of the same key replaces it. */
export interface Timer {
  readonly key: string;
  readonly dueAt: Instant;
  readonly generation: number;
}

export interface BillingSchedule {
  /** When the earliest thing that is not billed yet falls due; back-dated subscriptions have it in the past. */
  readonly nextBillAt: Instant | null;
  /** When the agenda bills by itself: never what was back-dated. */
  readonly timer: Timer | null;
}

export type SubscriptionCreated = Event<
  'SubscriptionCreated',
  {
    readonly subscriptionId: SubscriptionId;
    readonly externalIdHash?: string;
    readonly personal?: Personal;
    readonly plan: string;
    readonly planVersion: number;
    readonly contentHash: string;
    readonly startAt: Instant;
    readonly anchor: Anchor;
    readonly timeZone: string;
    readonly activation: Activation;
    readonly quantities: Quantities;
    /** Prices and discounts that were agreed apart from the plan. */
    readonly overrides?: Overrides;
    /** Activates it, where that is automatic and lies ahead. */
    readonly timer?: Timer;
  }
>;

export type SubscriptionActivated = Event<
  'SubscriptionActivated',
  {
    readonly subscriptionId: SubscriptionId;
    readonly at: Instant;
    /** Where it was canceled for a later moment before it began: what recurs from `at` recurs no more from then on. */
    readonly endsAt?: Instant;
    readonly firstPeriod: {
      readonly start: Instant;
      readonly end: Instant;
      readonly localStart: LocalDate;
      readonly localEnd: LocalDate;
    };
    readonly currency: string;
    readonly recurring: readonly RecurringTerm[];
    readonly schedule: BillingSchedule;
  }
>;

export type SubscriptionCanceled = Event<
  'SubscriptionCanceled',
  {
    readonly subscriptionId: SubscriptionId;
    readonly changeId: string;
    readonly endsAt: Instant;
    readonly credit: CreditPolicy;
    readonly reason?: string;
    readonly currency: string;
    /** What recurs no more. */
    readonly recurring: readonly RecurringTerm[];
    /** Announces the end, where it lies ahead. */
    readonly timer?: Timer;
    readonly schedule: BillingSchedule;
  }
>;

export type SubscriptionEnded = Event<
  'SubscriptionEnded',
  { readonly subscriptionId: SubscriptionId; readonly at: Instant }
>;

export type SubscriptionEvent = SubscriptionCreated | SubscriptionActivated | SubscriptionCanceled | SubscriptionEnded;

import type { Anchor, Event, Instant, LocalDate, SubscriptionId } from '#kernel';
import type { Metadata } from '../account/metadata.js';
import type { Personal } from '../account/personal.js';
import type { TrialTerms } from '../catalog/plan.js';
import type { LocalDays } from './local-days.js';
import type { ChangeOptions, CreditPolicy, Overrides, Quantities, RecurringTerm, Terms, TermsDelta } from './terms.js';
import type { Segment, TimelineChange } from './timeline.js';

export type Activation = 'automatic' | 'manual';

/** What comes back at an end; `full`: all of the period that it falls into, one-time charges among it. */
export type EndCredit = CreditPolicy | 'full';

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
    readonly trial?: TrialTerms;
    /** Another system has billed up to here. */
    readonly billedThrough?: Instant;
    readonly metadata?: Metadata;
    /** Activates it, where that is automatic and lies ahead. */
    readonly timer?: Timer;
  } & LocalDays
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
  } & LocalDays
>;

/** What begins and what ceases to recur at an instant, beside what was told before. */
export interface RecurringChange {
  readonly at: Instant;
  readonly begun: readonly RecurringTerm[];
  readonly ceased: readonly RecurringTerm[];
}

/** What every change of a timeline tells beside itself. */
export interface TimelineTold extends LocalDays {
  readonly subscriptionId: SubscriptionId;
  /** All of it, as it is from now on. */
  readonly timeline: readonly Segment[];
  readonly currency: string;
  readonly movements: readonly RecurringChange[];
  readonly schedule: BillingSchedule;
}

export type TrialStarted = Event<
  'TrialStarted',
  TimelineTold & {
    readonly endsAt: Instant;
    readonly paid: boolean;
    /** Of a paid one, in major units. */
    readonly price?: string;
    readonly timer: Timer;
  }
>;

export type TrialEnded = Event<
  'TrialEnded',
  { readonly subscriptionId: SubscriptionId; readonly at: Instant; readonly outcome: 'converted' | 'canceled' }
>;

export type SubscriptionPlanChanged = Event<
  'SubscriptionPlanChanged',
  TimelineTold & {
    readonly changeId: string;
    readonly effectiveFrom: Instant;
    /** What counted by then, and what counts from then on, as it was known: what counts earlier may change it. */
    readonly from: Terms;
    readonly to: Terms & { readonly contentHash: string };
    /** What it names; absent in what was stored when a change was whole. */
    readonly sets?: TermsDelta;
    /** Periods have another length: they begin anew. */
    readonly newCycle: boolean;
  } & ChangeOptions
>;

export type SubscriptionQuantityChanged = Event<
  'SubscriptionQuantityChanged',
  TimelineTold & {
    readonly changeId: string;
    readonly effectiveFrom: Instant;
    readonly from: Terms;
    readonly to: Terms;
    readonly sets?: TermsDelta;
  } & ChangeOptions
>;

export type SubscriptionPaused = Event<
  'SubscriptionPaused',
  TimelineTold & {
    readonly changeId: string;
    readonly effectiveFrom: Instant;
    readonly until?: Instant;
    readonly credit: CreditPolicy;
    /** Resumes it, where that is planned. */
    readonly timer?: Timer;
  }
>;

export type SubscriptionResumed = Event<
  'SubscriptionResumed',
  TimelineTold & { readonly changeId: string; readonly effectiveFrom: Instant }
>;

/** The change as if it had never been made. */
export type ScheduledChangeWithdrawn = Event<
  'ScheduledChangeWithdrawn',
  TimelineTold & { readonly changeId: string; readonly change: ChangeKind }
>;

export type ChangeKind = TimelineChange['kind'] | 'cancel';

export type SubscriptionCanceled = Event<
  'SubscriptionCanceled',
  {
    readonly subscriptionId: SubscriptionId;
    readonly changeId: string;
    readonly endsAt: Instant;
    readonly credit: EndCredit;
    /** What falls due with the end, or later, is never billed. */
    readonly finalBill?: false;
    readonly reason?: string;
    /** The change that had set a later end. */
    readonly replaces?: string;
    /** Absent, with its movements, in what was stored when a timeline had one segment. */
    readonly timeline?: readonly Segment[];
    readonly movements?: readonly RecurringChange[];
    readonly currency: string;
    /** What recurs no more at its end. */
    readonly recurring: readonly RecurringTerm[];
    /** Announces the end, where it lies ahead. */
    readonly timer?: Timer;
    readonly schedule: BillingSchedule;
  } & LocalDays
>;

/** What the tenant notes about it, whole. */
export type SubscriptionMetadataChanged = Event<
  'SubscriptionMetadataChanged',
  { readonly subscriptionId: SubscriptionId; readonly metadata: Metadata }
>;

export type SubscriptionEnded = Event<
  'SubscriptionEnded',
  { readonly subscriptionId: SubscriptionId; readonly at: Instant }
>;

export type SubscriptionEvent =
  | SubscriptionCreated
  | SubscriptionActivated
  | TrialStarted
  | TrialEnded
  | SubscriptionPlanChanged
  | SubscriptionQuantityChanged
  | SubscriptionPaused
  | SubscriptionResumed
  | SubscriptionCanceled
  | ScheduledChangeWithdrawn
  | SubscriptionMetadataChanged
  | SubscriptionEnded;

import type { BillingRunId, Event, Instant, InvoiceId, LocalDate, Money, SeriesId, SubscriptionId } from '#kernel';
import type { Personal } from '../account/personal.js';
import type { BillingSchedule, Timer } from '../subscription/subscription.events.js';
import type { InvoiceLine, ItemLine } from './invoice-line.js';

/** The last revision of each usage stream that was looked at; −1 where there was none. */
export type UsageCuts = Readonly<Record<string, number>>;

export interface InvoicePeriod {
  readonly start: Instant;
  readonly end: Instant;
}

export interface InvoiceTotals {
  readonly subtotal: Money;
  readonly tax: Money;
  /** Below zero where more is given back than billed: then it goes to customer credit. */
  readonly total: Money;
  readonly creditApplied: Money;
  readonly due: Money;
}

/** More is due than goes on one invoice: the next one goes on with it. Until the last, what was late or changed stays so. */
export interface BillingRest {
  /** Last revision of the usage stream that was looked at, and up to when. */
  readonly cut: number;
  readonly through: Instant;
  /** Billed services that were looked at again and found right. */
  readonly looked: readonly string[];
}

export type InvoiceDrafted = Event<
  'InvoiceDrafted',
  {
    readonly invoiceId: InvoiceId;
    /** `one_off`: an item that is on an invoice of its own. */
    readonly kind: 'cycle' | 'one_off';
    readonly currency: string;
    readonly runId?: BillingRunId;
    readonly billThrough: Instant;
    readonly cuts: UsageCuts;
    readonly period: InvoicePeriod;
    /** Rating a draft again starts the next one; lines of earlier ones count no more. */
    readonly draftRevision: number;
    readonly chunks: number;
    /** Nothing was rated again: somebody changed what stands beside what was rated. */
    readonly byHand?: true;
    readonly rest?: BillingRest;
    /** Finalizes it when the grace period is over. */
    readonly timer?: Timer;
  }
>;

export type InvoiceLinesAdded = Event<
  'InvoiceLinesAdded',
  {
    readonly invoiceId: InvoiceId;
    readonly draftRevision: number;
    readonly chunk: number;
    readonly chunks: number;
    readonly lines: readonly InvoiceLine[];
    readonly items?: readonly ItemLine[];
  }
>;

export type InvoiceFinalized = Event<
  'InvoiceFinalized',
  {
    readonly invoiceId: InvoiceId;
    readonly draftRevision: number;
    readonly totals: InvoiceTotals;
    /** SHA-256 over the stored bytes of the `InvoiceLinesAdded` events, one per line feed. */
    readonly linesDigest: string;
    readonly issueDate: LocalDate;
    readonly dueOn: LocalDate;
    readonly seriesId: SeriesId;
    /** The bill-to as issued, under the key of issued documents. */
    readonly personal: Personal;
    /** Announces that it is overdue; absent if nothing is due. */
    readonly timer?: Timer;
  }
>;

/** How far each charge is billed, and when the next thing falls due. Rides with the append that bills. */
export type BillingAdvanced = Event<
  'BillingAdvanced',
  {
    readonly invoiceId?: InvoiceId;
    /** Never goes back: readings of days before it are late. */
    readonly billedThrough: Instant;
    readonly cuts: UsageCuts;
    /** Lines of nothing, for which no invoice was made: what they are of is billed, and later usage of it a difference. */
    readonly unissued?: readonly InvoiceLine[];
    readonly rest?: BillingRest;
    /** The release of the tz database by whose rules its periods were found. */
    readonly timeZoneRelease?: string;
    readonly subscriptions: readonly {
      readonly subscriptionId: SubscriptionId;
      readonly through: Readonly<Record<string, Instant>>;
      readonly schedule: BillingSchedule;
    }[];
  }
>;

export type InvoiceNumbered = Event<
  'InvoiceNumbered',
  { readonly invoiceId: InvoiceId; readonly seriesId: SeriesId; readonly sequence: number; readonly number: string }
>;
export type InvoicePaid = Event<'InvoicePaid', { readonly invoiceId: InvoiceId; readonly paidOn: LocalDate }>;
export type InvoiceOverdue = Event<'InvoiceOverdue', { readonly invoiceId: InvoiceId; readonly dueOn: LocalDate }>;

/** It was paid, and is owed again: a payment or credit that had settled it is gone. */
export type InvoiceReopened = Event<
  'InvoiceReopened',
  {
    readonly invoiceId: InvoiceId;
    readonly bookedOn: LocalDate;
    readonly amountDue: Money;
    /** Announces that it is overdue; absent if its day has passed already. */
    readonly timer?: Timer;
  }
>;

/** Takes back a finalized invoice: what it billed is due again, what it booked is reversed beside it. Or ends a draft of nothing. */
export type InvoiceVoided = Event<
  'InvoiceVoided',
  {
    readonly invoiceId: InvoiceId;
    readonly reason?: string;
    readonly bookedOn: LocalDate;
    /** What was owed until now, and what goes back to (or is taken from) customer credit. */
    readonly amountDue: Money;
    readonly creditReturned: Money;
    /** Subscriptions that have something to bill again, since when, and the timer that sees to it. */
    readonly reopened: readonly {
      readonly subscriptionId: SubscriptionId;
      readonly nextBillAt: Instant;
      readonly timer?: Timer;
    }[];
    /** What it billed is not billed again. */
    readonly waived?: true;
  }
>;

/** Readings came for what was billed, and nothing else would bill them: its subscription has ended. */
export type LateBillingScheduled = Event<
  'LateBillingScheduled',
  { readonly subscriptionId: SubscriptionId; readonly schedule: BillingSchedule }
>;
export type InvoiceMarkedUncollectible = Event<
  'InvoiceMarkedUncollectible',
  { readonly invoiceId: InvoiceId; readonly reason?: string; readonly bookedOn: LocalDate; readonly amountDue: Money }
>;

export type InvoiceEvent =
  | InvoiceDrafted
  | InvoiceLinesAdded
  | InvoiceFinalized
  | BillingAdvanced
  | InvoiceNumbered
  | InvoicePaid
  | InvoiceOverdue
  | InvoiceReopened
  | InvoiceVoided
  | LateBillingScheduled
  | InvoiceMarkedUncollectible;

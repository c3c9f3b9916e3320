import type { Instant, InvoiceItemId, LineId, LocalDate, Money, OffsetStretch, SubscriptionId } from '#kernel';
import type { PriceOverride, ProrationShare, RatingStep } from '#rating';
import type { ChargeKind, Timing } from '../catalog/plan.js';

/** `late_usage`: more (or less) usage of a period billed before. `correction`: a period that changed after it was billed. */
export type LineKind = ChargeKind | 'late_usage' | 'correction';

/** The stretch that a line covers, and the local days that proration counts. */
export interface Service {
  readonly start: Instant;
  readonly end: Instant;
  readonly localStart: LocalDate;
  readonly localEnd: LocalDate;
  readonly timeZone: string;
}

/** A stretch within a service that is not of it. */
export interface Gap {
  readonly start: Instant;
  readonly end: Instant;
}

/** What a service of usage has of its period, where something cut that. */
export interface PartOfService {
  /** A pause, or other terms, between what is billed as one. */
  readonly gaps?: readonly Gap[];
  /** Its part of what the price says of a period, where others have the rest of that. */
  readonly part?: ProrationShare;
  /** Where free units, tiers and limits began anew within the period. */
  readonly allowanceFrom?: Instant;
}

/** What of something is said of its part of the period, and nothing else. */
export const partOf = ({ gaps, part, allowanceFrom }: PartOfService): PartOfService => ({
  ...(gaps === undefined ? {} : { gaps }),
  ...(part === undefined ? {} : { part }),
  ...(allowanceFrom === undefined ? {} : { allowanceFrom }),
});

/** The exact amount of what else is billed of the same period and charge, in major units. */
export interface OtherParts {
  readonly numerator: string;
  readonly denominator: string;
}

/** What a usage line was measured from, enough to measure it again from the log alone. */
export interface UsageInputs {
  /** Last revision of the account's usage stream that was looked at; −1 if it had none. */
  readonly cut: number;
  readonly count: number;
  /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
  readonly digest: string;
}

/** Says what is owed for one charge and service, less what live lines bill for it already. It explains itself. */
export interface InvoiceLine extends PartOfService {
  readonly lineId: LineId;
  readonly kind: LineKind;
  readonly subscriptionId: SubscriptionId;
  readonly charge: string;
  readonly description: string;
  readonly plan: string;
  readonly planVersion: number;
  readonly raterVersion: number;
  /** What was agreed of the price apart from the plan. */
  readonly override?: PriceOverride;
  readonly timing: Timing;
  /** The whole period at the anchor, in local days: the divisor of proration. */
  readonly period: { readonly start: LocalDate; readonly end: LocalDate };
  readonly service: Service;
  /** The clocks of its zone over period and service, by the rules that it was billed by; none in UTC. */
  readonly offsets?: readonly OffsetStretch[];
  /** Live lines of the period and charge, whose amounts were subtracted. */
  readonly priorLines: readonly LineId[];
  readonly quantity: string;
  readonly quantityBilledBefore: string;
  /** The rating of the whole quantity, before proration and rounding, in major units. */
  readonly steps: readonly RatingStep[];
  readonly exactCumulative: string;
  readonly proration?: ProrationShare;
  /** Absent where nothing else is billed of the period: all parts of one are rounded as one. */
  readonly otherParts?: OtherParts;
  readonly rounding: 'half_up' | 'half_even';
  readonly roundedCumulative: Money;
  readonly billedBefore: Money;
  readonly amount: Money;
  readonly inputs?: UsageInputs;
  readonly recognition: {
    readonly method: 'immediate' | 'straight_line';
    readonly start: Instant;
    readonly end: Instant;
  };
}

/** Says what is owed once, for an item that somebody added. Nothing rates it: it is as it was added. */
export interface ItemLine {
  readonly lineId: LineId;
  readonly kind: 'one_off';
  readonly itemId: InvoiceItemId;
  readonly description: string;
  readonly quantity: string;
  /** In major units; absent where the amount was named as a whole. */
  readonly unitAmount?: string;
  readonly amount: Money;
  readonly metadata: Readonly<Record<string, string>>;
  readonly addedAt: Instant;
  /** Why somebody added it to a draft. */
  readonly reason?: string;
  /** The line that it brings to another amount: what that puts off, it puts off, too. */
  readonly adjusts?: LineId;
  readonly recognition?: InvoiceLine['recognition'];
}

/** Whatever stands on an invoice. */
export type DocumentLine = InvoiceLine | ItemLine;

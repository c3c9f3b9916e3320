import type { SubscriptionId } from '#kernel';
import { Type } from 'typebox';
import type { Held, HeldIn } from './held.js';
import { PriceOverride } from './price.js';
import {
  closed,
  Currency,
  DateText,
  DecimalText,
  InstantText,
  IntervalShape,
  Key,
  OneOf,
  RecordOf,
  ScheduleShape,
} from './shapes.js';

/** One recurring charge in the terms that monthly recurring revenue is computed from. Amount in major units, before rounding. */
const RecurringTerm = Type.Object({ charge: Key, interval: IntervalShape, amount: DecimalText }, closed);
export type RecurringTerm = Held<typeof RecurringTerm>;
export const Recurring = Type.Array(RecurringTerm);

/** What happens to the unused part of what was billed in advance. */
export const CreditPolicy = OneOf('prorated', 'none');
export type CreditPolicy = Held<typeof CreditPolicy>;

/** What comes back at an end; `full`: all of the period that it falls into, one-time charges among it. */
export const EndCredit = OneOf('prorated', 'none', 'full');
export type EndCredit = Held<typeof EndCredit>;

/** How what recurs goes over into other terms; `full_difference`: the period is sold whole on the new ones. */
export const ChangeProration = OneOf('prorated', 'none', 'full_difference');
export type ChangeProration = Held<typeof ChangeProration>;

/** What of a change is chosen beside its terms. */
export const options = {
  proration: ChangeProration,
  /** What it gives back and charges waits for the next regular bill. */
  collect: Type.Optional(Type.Literal('next_invoice')),
  /** A new period begins with it, and the next ones turn on its day. */
  billingCycle: Type.Optional(Type.Literal('restart')),
  /** What prices say of a period of usage begins anew with it. */
  allowances: Type.Optional(Type.Literal('restart')),
};
export type ChangeOptions = HeldIn<typeof options>;

/** Units per recurring charge; a charge that is not named has one. */
export const Quantities = RecordOf(DecimalText, 'By key of the charge');
export type Quantities = Held<typeof Quantities>;

/** What was agreed apart from the plan, by charge. */
export const Overrides = RecordOf(PriceOverride);
export type Overrides = Held<typeof Overrides>;

/** What is agreed of the charges that are named; null takes back what was. */
const OverridesChange = RecordOf(Type.Union([PriceOverride, Type.Null()]));
export type OverridesChange = Held<typeof OverridesChange>;

export const terms = {
  plan: Key,
  planVersion: Type.Integer({ minimum: 1 }),
  quantities: Quantities,
  overrides: Overrides,
};

/** On what a subscription is served. */
export const Terms = Type.Object(terms, closed);
export type Terms = Held<typeof Terms>;

/** What a change says of terms; all else stays as it is by then. */
export const TermsDelta = Type.Object(
  {
    plan: Type.Optional(Key),
    /** With `plan`. */
    planVersion: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Of the charges that are named. */
    quantities: Type.Optional(Quantities),
    /** Of the charges that are named. */
    overrides: Type.Optional(OverridesChange),
  },
  closed,
);
export type TermsDelta = Held<typeof TermsDelta>;

/** A stretch of the timeline during which everything stays the same. */
const Segment = Type.Object(
  {
    from: InstantText,
    to: Type.Union([InstantText, Type.Null()]),
    status: OneOf('trialing', 'active', 'paused'),
    /** Where the rhythm of its periods begins. */
    cycleFrom: InstantText,
    /** How what recurs goes over into it: its part at once, or with the next period. */
    entered: ChangeProration,
    /** What a paid trial costs, in major units. */
    trialPrice: Type.Optional(DecimalText),
    /** What prices say of a period begins anew with it: free units, tiers, limits. */
    restarts: Type.Optional(Type.Literal(true)),
    /** Its periods turn on the day on which its rhythm begins, wherever those before were anchored. */
    rhythm: Type.Optional(Type.Literal('own')),
    ...terms,
  },
  closed,
);
export type Segment = Held<typeof Segment>;
export type SegmentStatus = Segment['status'];
export const Timeline = Type.Array(Segment);

/** What begins and what ceases to recur at an instant, beside what was told before. */
const RecurringChange = Type.Object({ at: InstantText, begun: Recurring, ceased: Recurring }, closed);
export type RecurringChange = Held<typeof RecurringChange>;
export const Movements = Type.Array(RecurringChange);

/** The local days of the instants that a fact names, as the rules of its zone had them then; none in UTC, where they are in the instants themselves. */
export const localDays = { localDays: Type.Optional(RecordOf(DateText)) };
export type LocalDays = HeldIn<typeof localDays>;

/** What every change of a timeline tells beside itself. */
export const told = {
  ...localDays,
  /** All of it, as it is from now on. */
  timeline: Timeline,
  currency: Currency,
  movements: Movements,
  schedule: ScheduleShape,
};
export type TimelineTold = HeldIn<typeof told> & { readonly subscriptionId: SubscriptionId };

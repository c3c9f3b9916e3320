import { Type } from 'typebox';
import { LineDiscounts } from './discount-shapes.js';
import type { Held } from './held.js';
import { PriceOverride } from './price.js';
import {
  closed,
  Count,
  DateText,
  DecimalText,
  IdText,
  InstantText,
  Key,
  MetadataShape,
  MoneyShape,
  OneOf,
  TimerShape,
  TimeZone,
} from './shapes.js';
import { TaxClass } from './tax-shapes.js';

export const Period = Type.Object({ start: InstantText, end: InstantText }, closed);
export type InvoicePeriod = Held<typeof Period>;

const Step = Type.Object(
  {
    tier: Type.Optional(Type.Integer({ minimum: 1 })),
    quantity: Type.Optional(DecimalText),
    convertedFrom: Type.Optional(DecimalText),
    held: Type.Optional(DecimalText),
    unitAmount: Type.Optional(DecimalText),
    rate: Type.Optional(DecimalText),
    flat: Type.Optional(DecimalText),
    group: Type.Optional(MetadataShape),
    limit: Type.Optional(OneOf('minimum', 'maximum')),
    discount: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'Basis points' })),
    amount: DecimalText,
  },
  closed,
);

const Share = Type.Object(
  { basis: OneOf('day', 'second', 'fixed30'), numerator: Count, denominator: Type.Integer({ minimum: 1 }) },
  closed,
);

/** The stretch that a line covers, and the local days that proration counts. */
const Service = Type.Object(
  { start: InstantText, end: InstantText, localStart: DateText, localEnd: DateText, timeZone: TimeZone },
  closed,
);
export type Service = Held<typeof Service>;

const OffsetStretch = Type.Object(
  { from: InstantText, to: InstantText, seconds: Type.Integer({ minimum: -93_600, maximum: 93_600 }) },
  closed,
);

const WholeNumber = Type.String({ pattern: '^-?[0-9]{1,400}$' });

/** The exact amount of what else is billed of the same period and charge, in major units. */
const OtherParts = Type.Object({ numerator: WholeNumber, denominator: WholeNumber }, closed);
export type OtherParts = Held<typeof OtherParts>;

/** What a usage line was measured from, enough to measure it again from the log alone. */
const UsageInputs = Type.Object(
  {
    /** Last revision of the account's usage stream that was looked at; −1 if it had none. */
    cut: Type.Integer({ minimum: -1 }),
    count: Count,
    /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
    digest: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  },
  closed,
);
export type UsageInputs = Held<typeof UsageInputs>;

export const Recognition = Type.Object(
  { method: OneOf('immediate', 'straight_line'), start: InstantText, end: InstantText },
  closed,
);

/** `late_usage`: more (or less) usage of a period billed before. `correction`: a period that changed after it was billed. */
const LineKind = OneOf('recurring', 'usage', 'one_time', 'late_usage', 'correction');
export type LineKind = Held<typeof LineKind>;

/** Says what is owed for one charge and service, less what live lines bill for it already. It explains itself. */
export const Line = Type.Object(
  {
    lineId: IdText('lin'),
    kind: LineKind,
    subscriptionId: IdText('sub'),
    charge: Key,
    description: Type.String({ maxLength: 256 }),
    taxClass: Type.Optional(TaxClass),
    plan: Key,
    planVersion: Type.Integer({ minimum: 1 }),
    raterVersion: Type.Integer({ minimum: 1 }),
    /** What was agreed of the price apart from the plan. */
    override: Type.Optional(PriceOverride),
    timing: OneOf('in_advance', 'in_arrears'),
    /** The whole period at the anchor, in local days: the divisor of proration. */
    period: Type.Object({ start: DateText, end: DateText }, closed),
    service: Service,
    /** The clocks of its zone over period and service, by the rules that it was billed by; none in UTC. */
    offsets: Type.Optional(Type.Array(OffsetStretch, { minItems: 1 })),
    /** A pause, or other terms, between what is billed as one. */
    gaps: Type.Optional(Type.Array(Period)),
    /** Its part of what the price says of a period, where others have the rest of that. */
    part: Type.Optional(Share),
    /** Where free units, tiers and limits began anew within the period. */
    allowanceFrom: Type.Optional(InstantText),
    /** Live lines of the period and charge, whose amounts were subtracted. */
    priorLines: Type.Array(IdText('lin')),
    quantity: DecimalText,
    quantityBilledBefore: DecimalText,
    /** The rating of the whole quantity, before proration and rounding, in major units. */
    steps: Type.Array(Step),
    exactCumulative: DecimalText,
    proration: Type.Optional(Share),
    /** Absent where nothing else is billed of the period: all parts of one are rounded as one. */
    otherParts: Type.Optional(OtherParts),
    rounding: OneOf('half_up', 'half_even'),
    roundedCumulative: MoneyShape,
    billedBefore: MoneyShape,
    /** What discounts take off of it, beyond what they took off those lines. The amount is what is left. */
    discounts: Type.Optional(LineDiscounts),
    amount: MoneyShape,
    inputs: Type.Optional(UsageInputs),
    /** Where grants of wallets begin or end within its time: what was used by then, and in the end, as it is rated, in major units. */
    used: Type.Optional(
      Type.Array(Type.Object({ by: InstantText, amount: DecimalText }, closed), { minItems: 2, maxItems: 32 }),
    ),
    recognition: Recognition,
  },
  closed,
);
export type InvoiceLine = Held<typeof Line>;

/** What a service of usage has of its period, where something cut that. */
export type PartOfService = Pick<InvoiceLine, 'gaps' | 'part' | 'allowanceFrom'>;

/** Subscriptions that have something to bill again, since when, and the timer that sees to it. */
export const Reopened = Type.Array(
  Type.Object({ subscriptionId: IdText('sub'), nextBillAt: InstantText, timer: Type.Optional(TimerShape) }, closed),
);
export type Reopened = Held<typeof Reopened>;

export const Totals = Type.Object(
  {
    subtotal: MoneyShape,
    tax: MoneyShape,
    /** Below zero where more is given back than billed: then it goes to customer credit. */
    total: MoneyShape,
    /** Absent where no wallet pays anything. */
    walletApplied: Type.Optional(MoneyShape),
    creditApplied: MoneyShape,
    due: MoneyShape,
  },
  closed,
);
export type InvoiceTotals = Held<typeof Totals>;

/** More is due than goes on one invoice: the next one goes on with it. Until the last, what was late or changed stays so. */
export const Rest = Type.Object(
  {
    /** Last revision of the usage stream that was looked at, and up to when. */
    cut: Type.Integer({ minimum: -1 }),
    through: InstantText,
    /** Billed services that were looked at again and found right. */
    looked: Type.Array(Type.String({ minLength: 1, maxLength: 512 })),
  },
  closed,
);
export type BillingRest = Held<typeof Rest>;

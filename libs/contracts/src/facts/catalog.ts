import { Type } from 'typebox';
import { couponFields } from './discount-shapes.js';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { Price } from './price.js';
import {
  closed,
  Currency,
  DecimalText,
  HexDigest,
  IntervalShape,
  Key,
  OneOf,
  TrialShape,
  ZeroInvoicesShape,
} from './shapes.js';
import { TaxClass } from './tax-shapes.js';

/** A condition on one property. `in` and `not_in` take a list, `exists` takes `true` or `false`, the others a text. */
const MeterFilter = Type.Object(
  {
    property: Key,
    operator: OneOf('eq', 'ne', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte', 'exists'),
    value: Type.Union([
      Type.String({ maxLength: 1024 }),
      Type.Boolean(),
      Type.Array(Type.String({ maxLength: 1024 }), { maxItems: 100 }),
    ]),
  },
  closed,
);
export type MeterFilter = Held<typeof MeterFilter>;
export type FilterOperator = MeterFilter['operator'];

/** What each reading counts: at least so much, and from there on by steps. Decimals; a step is above zero. */
const ReadingRounding = Type.Object(
  { mode: OneOf('half_up', 'up', 'down'), step: DecimalText, least: Type.Optional(DecimalText) },
  closed,
);
export type ReadingRounding = Held<typeof ReadingRounding>;

const QuantityRounding = Type.Object(
  { mode: OneOf('half_up', 'up', 'down'), digits: Type.Integer({ minimum: -12, maximum: 12 }) },
  closed,
);
export type QuantityRounding = Held<typeof QuantityRounding>;

/** What is counted of the readings with one event name. Evaluated when read, so it also counts what came before it. */
const Meter = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 256 }),
    eventName: Key,
    aggregation: OneOf('count', 'sum', 'max', 'unique_count', 'latest', 'weighted_sum'),
    /** The property that is added up, compared or told apart; only `count` goes without. */
    valueProperty: Type.Optional(Key),
    /** Instead of one property: several put together, as `input - cached`. */
    valueExpression: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** How each reading is rounded before it is counted; `rounding` rounds what a period comes to. */
    roundEach: Type.Optional(ReadingRounding),
    /** Whether readings, and what they come to, may be below zero. Not told of a meter from before there was a choice. */
    allowNegative: Type.Optional(Type.Boolean()),
    filters: Type.Array(MeterFilter, { maxItems: 20 }),
    /** Properties by which usage may be broken down. */
    groupBy: Type.Array(Key, { maxItems: 10 }),
    /** What was measured lasts until another reading changes it: it is carried into the next period. */
    recurring: Type.Optional(Type.Boolean()),
    /** Of a maximum: the largest value of each such stretch counts, and a period is the sum of them. */
    bucket: Type.Optional(OneOf('minute', 'hour', 'day', 'week', 'month')),
    rounding: Type.Optional(QuantityRounding),
  },
  closed,
);
export type Meter = Held<typeof Meter>;
export type Aggregation = Meter['aggregation'];

const Charge = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 256 }),
    kind: OneOf('recurring', 'usage', 'one_time'),
    timing: OneOf('in_advance', 'in_arrears'),
    /** When it differs from the plan's: a yearly fee with monthly usage. */
    interval: Type.Optional(IntervalShape),
    /** Key of the meter; of usage charges alone. */
    meter: Type.Optional(Key),
    price: Price,
    /** What it costs those who are billed in another currency than the plan's. */
    currencyOptions: Type.Optional(Type.Record(Currency, Type.Object({ price: Price }, closed), closed)),
    /**
     * Of usage charges: over how long free units, tiers and limits last, where that is longer than an interval. Each interval bills what
     * the window comes to so far, less what was billed of it.
     */
    allowanceInterval: Type.Optional(IntervalShape),
    /**
     * `day`: half-open local days over the days of the whole period at the anchor. `second`: its seconds. `fixed30`: days of months that
     * all have thirty. `none`: a part costs the whole.
     */
    proration: OneOf('day', 'second', 'fixed30', 'none'),
    taxClass: Type.Optional(TaxClass),
  },
  closed,
);
export type Charge = Held<typeof Charge>;
export type ChargeKind = Charge['kind'];
export type Timing = Charge['timing'];
export type Proration = Charge['proration'];

/** Immutable once published: a change is a new version. */
const PlanVersion = Type.Object(
  {
    key: Key,
    version: Type.Integer({ minimum: 1 }),
    name: Type.String({ minLength: 1, maxLength: 256 }),
    currency: Currency,
    interval: IntervalShape,
    charges: Type.Array(Charge, { maxItems: 200 }),
    /** What its subscriptions begin with, unless they say otherwise. */
    trial: Type.Optional(TrialShape),
    /** In place of the tenant's. */
    zeroInvoices: Type.Optional(ZeroInvoicesShape),
    contentHash: HexDigest,
  },
  closed,
);
export type PlanVersion = Held<typeof PlanVersion>;

export const catalogFacts = {
  MeterDefined: fact('What is counted of the readings with one event name.', Meter.properties).toldAs({
    type: 'meter.defined',
    means: 'There is a meter.',
    shape: Type.Object({ key: Key, name: Type.String(), eventName: Key, aggregation: Type.String() }),
    example: { key: 'api-calls', name: 'API calls', eventName: 'api_call', aggregation: 'count' },
    tell: ({ key, name, eventName, aggregation }) => ({ key, name, eventName, aggregation }),
  }),
  MeterArchived: fact('New plans cannot use the meter any more.', { key: Key }).told({
    type: 'meter.archived',
    means: 'New plans cannot use a meter any more.',
    fields: ['key'],
    example: { key: 'api-calls' },
  }),
  PlanVersionPublished: fact('An immutable version of a plan.', PlanVersion.properties).told({
    type: 'plan.published',
    means: 'There is a plan, or a new version of one. Versions never change.',
    fields: ['key', 'version', 'name', 'currency', 'interval'],
    example: { key: 'team', version: 1, name: 'Team', currency: 'USD', interval: { unit: 'month', count: 1 } },
  }),
  CouponDefined: fact('What takes something off for whoever knows its code. It never changes.', couponFields).told({
    type: 'coupon.defined',
    means: 'There is a coupon. Coupons never change.',
    fields: ['code', 'name', 'percent', 'amounts', 'duration', 'periods', 'redeemBy', 'maxRedemptions'],
    example: { code: 'LAUNCH20', name: 'Launch', percent: '20', duration: 'periods', periods: 3, maxRedemptions: 100 },
  }),
  CouponArchived: fact('Nobody can redeem the coupon any more. What was redeemed stays.', {
    code: couponFields.code,
  }).told({
    type: 'coupon.archived',
    means: 'Nobody can redeem a coupon any more. What was redeemed stays.',
    fields: ['code'],
    example: { code: 'LAUNCH20' },
  }),
  PlanArchived: fact('New subscriptions cannot use the plan any more.', { key: Key }).told({
    type: 'plan.archived',
    means: 'New subscriptions cannot use a plan any more.',
    fields: ['key'],
    example: { key: 'team' },
  }),
};

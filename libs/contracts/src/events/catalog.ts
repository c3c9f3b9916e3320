import { Type } from 'typebox';
import { Price } from './price.js';
import {
  closed,
  Currency,
  DecimalText,
  HexDigest,
  IntervalShape,
  Key,
  TrialShape,
  ZeroInvoicesShape,
} from './shapes.js';
import { storedEvent } from './stored-event.js';

const Filter = Type.Object(
  {
    property: Key,
    operator: Type.Union([
      Type.Literal('eq'),
      Type.Literal('ne'),
      Type.Literal('in'),
      Type.Literal('not_in'),
      Type.Literal('gt'),
      Type.Literal('gte'),
      Type.Literal('lt'),
      Type.Literal('lte'),
      Type.Literal('exists'),
    ]),
    value: Type.Union([
      Type.String({ maxLength: 1024 }),
      Type.Boolean(),
      Type.Array(Type.String({ maxLength: 1024 }), { maxItems: 100 }),
    ]),
  },
  closed,
);

const Meter = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 256 }),
    eventName: Key,
    aggregation: Type.Union([
      Type.Literal('count'),
      Type.Literal('sum'),
      Type.Literal('max'),
      Type.Literal('unique_count'),
      Type.Literal('latest'),
      Type.Literal('weighted_sum'),
    ]),
    valueProperty: Type.Optional(Key),
    valueExpression: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    roundEach: Type.Optional(
      Type.Object(
        {
          mode: Type.Union([Type.Literal('half_up'), Type.Literal('up'), Type.Literal('down')]),
          step: DecimalText,
          least: Type.Optional(DecimalText),
        },
        closed,
      ),
    ),
    allowNegative: Type.Optional(Type.Boolean()),
    filters: Type.Array(Filter, { maxItems: 20 }),
    groupBy: Type.Array(Key, { maxItems: 10 }),
    recurring: Type.Optional(Type.Boolean()),
    bucket: Type.Optional(
      Type.Union([
        Type.Literal('minute'),
        Type.Literal('hour'),
        Type.Literal('day'),
        Type.Literal('week'),
        Type.Literal('month'),
      ]),
    ),
    rounding: Type.Optional(
      Type.Object(
        {
          mode: Type.Union([Type.Literal('half_up'), Type.Literal('up'), Type.Literal('down')]),
          digits: Type.Integer({ minimum: -12, maximum: 12 }),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Charge = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 256 }),
    kind: Type.Union([Type.Literal('recurring'), Type.Literal('usage'), Type.Literal('one_time')]),
    timing: Type.Union([Type.Literal('in_advance'), Type.Literal('in_arrears')]),
    interval: Type.Optional(IntervalShape),
    meter: Type.Optional(Key),
    price: Price,
    currencyOptions: Type.Optional(Type.Record(Currency, Type.Object({ price: Price }, closed), closed)),
    allowanceInterval: Type.Optional(IntervalShape),
    proration: Type.Union([Type.Literal('day'), Type.Literal('second'), Type.Literal('fixed30'), Type.Literal('none')]),
  },
  closed,
);

const KeyOnly = Type.Object({ key: Key }, closed);

export const catalogEvents = {
  MeterDefined: storedEvent('What is counted of the readings with one event name.', Meter),
  MeterArchived: storedEvent('New plans cannot use the meter any more.', KeyOnly),
  PlanVersionPublished: storedEvent(
    'An immutable version of a plan.',
    Type.Object(
      {
        key: Key,
        version: Type.Integer({ minimum: 1 }),
        name: Type.String({ minLength: 1, maxLength: 256 }),
        currency: Currency,
        interval: IntervalShape,
        charges: Type.Array(Charge, { maxItems: 200 }),
        trial: Type.Optional(TrialShape),
        zeroInvoices: Type.Optional(ZeroInvoicesShape),
        contentHash: HexDigest,
      },
      closed,
    ),
  ),
  PlanArchived: storedEvent('New subscriptions cannot use the plan any more.', KeyOnly),
};

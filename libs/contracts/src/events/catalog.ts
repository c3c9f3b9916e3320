import { Type } from 'typebox';
import { closed, Currency, DecimalText, HexDigest, IntervalShape, Key } from './shapes.js';
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
    filters: Type.Array(Filter, { maxItems: 20 }),
    groupBy: Type.Array(Key, { maxItems: 10 }),
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

const limits = {
  minimum: Type.Optional(DecimalText),
  maximum: Type.Optional(DecimalText),
  rounding: Type.Optional(Type.Union([Type.Literal('half_up'), Type.Literal('half_even')])),
};

const tiers = Type.Array(
  Type.Object(
    { upTo: Type.Union([DecimalText, Type.Null()]), unitAmount: DecimalText, flatAmount: Type.Optional(DecimalText) },
    closed,
  ),
  { minItems: 1, maxItems: 100 },
);

const Price = Type.Union([
  Type.Object({ model: Type.Literal('flat'), amount: DecimalText, ...limits }, closed),
  Type.Object({ model: Type.Literal('per_unit'), unitAmount: DecimalText, ...limits }, closed),
  Type.Object(
    { model: Type.Literal('graduated'), tiers, flatFeeOnZero: Type.Optional(Type.Boolean()), ...limits },
    closed,
  ),
  Type.Object(
    { model: Type.Literal('volume'), tiers, flatFeeOnZero: Type.Optional(Type.Boolean()), ...limits },
    closed,
  ),
  Type.Object(
    {
      model: Type.Literal('package'),
      amount: DecimalText,
      size: DecimalText,
      freeUnits: Type.Optional(DecimalText),
      ...limits,
    },
    closed,
  ),
]);

const Charge = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 256 }),
    kind: Type.Union([Type.Literal('recurring'), Type.Literal('usage'), Type.Literal('one_time')]),
    timing: Type.Union([Type.Literal('in_advance'), Type.Literal('in_arrears')]),
    interval: Type.Optional(IntervalShape),
    meter: Type.Optional(Key),
    price: Price,
    proration: Type.Union([Type.Literal('day'), Type.Literal('none')]),
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
        contentHash: HexDigest,
      },
      closed,
    ),
  ),
  PlanArchived: storedEvent('New subscriptions cannot use the plan any more.', KeyOnly),
};

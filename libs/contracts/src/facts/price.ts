import { Type } from 'typebox';
import { closed, DecimalText, Key, MetadataShape, OneOf } from './shapes.js';

const UnitRounding = Type.Object(
  {
    mode: OneOf('half_up', 'up', 'down'),
    digits: Type.Integer({ minimum: -12, maximum: 12 }),
  },
  closed,
);

const Conversion = Type.Object(
  {
    multiplyBy: Type.Optional(DecimalText),
    divideBy: Type.Optional(DecimalText),
    rounding: Type.Optional(UnitRounding),
    freeUnits: Type.Optional(DecimalText),
  },
  closed,
);

const options = {
  minimum: Type.Optional(DecimalText),
  maximum: Type.Optional(DecimalText),
  rounding: Type.Optional(OneOf('half_up', 'half_even')),
  conversion: Type.Optional(Conversion),
};

const upTo = Type.Union([DecimalText, Type.Null()]);
const flatAmount = Type.Optional(DecimalText);

const tiers = Type.Array(
  Type.Object({ upTo, unitAmount: DecimalText, flatAmount, blockSize: Type.Optional(DecimalText) }, closed),
  { minItems: 1, maxItems: 100 },
);

const rateTiers = Type.Array(Type.Object({ upTo, rate: DecimalText, flatAmount }, closed), {
  minItems: 1,
  maxItems: 100,
});

const flatFeeOnZero = Type.Optional(Type.Boolean());

const Flat = Type.Object({ model: Type.Literal('flat'), amount: DecimalText, ...options }, closed);
const PerUnit = Type.Object({ model: Type.Literal('per_unit'), unitAmount: DecimalText, ...options }, closed);
const Graduated = Type.Object({ model: Type.Literal('graduated'), tiers, flatFeeOnZero, ...options }, closed);
const Volume = Type.Object({ model: Type.Literal('volume'), tiers, flatFeeOnZero, ...options }, closed);
const Package = Type.Object(
  {
    model: Type.Literal('package'),
    amount: DecimalText,
    size: DecimalText,
    freeUnits: Type.Optional(DecimalText),
    ...options,
  },
  closed,
);
const Percentage = Type.Object(
  {
    model: Type.Literal('percentage'),
    rate: DecimalText,
    fixedAmount: Type.Optional(DecimalText),
    freeUnits: Type.Optional(DecimalText),
    freeEvents: Type.Optional(DecimalText),
    eventMinimum: Type.Optional(DecimalText),
    eventMaximum: Type.Optional(DecimalText),
    ...options,
  },
  closed,
);
const GraduatedPercentage = Type.Object(
  { model: Type.Literal('graduated_percentage'), tiers: rateTiers, flatFeeOnZero, ...options },
  closed,
);
const Committed = Type.Object(
  {
    model: Type.Literal('committed'),
    committedUnits: DecimalText,
    amount: DecimalText,
    overage: Type.Union([Flat, PerUnit, Graduated, Volume, Package]),
    ...options,
  },
  closed,
);
const Matrix = Type.Object(
  {
    model: Type.Literal('matrix'),
    dimensions: Type.Array(Key, { minItems: 1, maxItems: 10 }),
    cells: Type.Array(Type.Object({ match: MetadataShape, unitAmount: DecimalText }, closed), {
      minItems: 1,
      maxItems: 1000,
    }),
    ...options,
  },
  closed,
);

/** What a charge costs; `libs/rating` says what each model means. */
export const Price = Type.Union([
  Flat,
  PerUnit,
  Graduated,
  Volume,
  Package,
  Percentage,
  GraduatedPercentage,
  Committed,
  Matrix,
]);

/** What was agreed of a charge's price apart from the plan. */
export const PriceOverride = Type.Object(
  {
    price: Type.Optional(Price),
    tiers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            tier: Type.Integer({ minimum: 1 }),
            unitAmount: Type.Optional(DecimalText),
            flatAmount: Type.Optional(DecimalText),
          },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    minimum: options.minimum,
    maximum: options.maximum,
    rounding: options.rounding,
    discountBasisPoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  closed,
);

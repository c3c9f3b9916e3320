import { Type } from 'typebox';
import { PriceOverride } from './price.js';
import {
  Key,
  IntervalShape,
  DecimalText,
  closed,
  RecordOf,
  InstantText,
  DateText,
  ScheduleShape,
  Currency,
} from './shapes.js';

export const Recurring = Type.Array(Type.Object({ charge: Key, interval: IntervalShape, amount: DecimalText }, closed));
export const Policy = Type.Union([Type.Literal('prorated'), Type.Literal('none')]);
export const EndCredit = Type.Union([Type.Literal('prorated'), Type.Literal('none'), Type.Literal('full')]);
export const ChangeProration = Type.Union([
  Type.Literal('prorated'),
  Type.Literal('none'),
  Type.Literal('full_difference'),
]);

/** What of a change is chosen beside its terms. */
export const options = {
  proration: ChangeProration,
  collect: Type.Optional(Type.Literal('next_invoice')),
  billingCycle: Type.Optional(Type.Literal('restart')),
  allowances: Type.Optional(Type.Literal('restart')),
};

export const terms = {
  plan: Key,
  planVersion: Type.Integer({ minimum: 1 }),
  quantities: RecordOf(DecimalText),
  overrides: RecordOf(PriceOverride),
};

export const Terms = Type.Object(terms, closed);

/** What a change names of them. */
export const Sets = Type.Object(
  {
    plan: Type.Optional(Key),
    planVersion: Type.Optional(Type.Integer({ minimum: 1 })),
    quantities: Type.Optional(RecordOf(DecimalText)),
    overrides: Type.Optional(RecordOf(Type.Union([PriceOverride, Type.Null()]))),
  },
  closed,
);

const Segment = Type.Object(
  {
    from: InstantText,
    to: Type.Union([InstantText, Type.Null()]),
    status: Type.Union([Type.Literal('trialing'), Type.Literal('active'), Type.Literal('paused')]),
    cycleFrom: InstantText,
    entered: ChangeProration,
    trialPrice: Type.Optional(DecimalText),
    restarts: Type.Optional(Type.Literal(true)),
    rhythm: Type.Optional(Type.Literal('own')),
    ...terms,
  },
  closed,
);

export const Timeline = Type.Array(Segment);
export const Movements = Type.Array(Type.Object({ at: InstantText, begun: Recurring, ceased: Recurring }, closed));

/** The local days of the instants that it names, as they were when it was told; none in UTC. */
export const localDays = { localDays: Type.Optional(RecordOf(DateText)) };

/** What every change of a timeline tells beside itself. */
export const told = {
  ...localDays,
  timeline: Timeline,
  currency: Currency,
  movements: Movements,
  schedule: ScheduleShape,
};

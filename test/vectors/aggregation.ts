import type { Aggregation, Meter } from '#contracts';
import {
  addedLevels,
  aggregateValues,
  bucketedMaximum,
  firstOfEachId,
  measure,
  heldQuantity,
  holdingIn,
  type CountedReading,
  type Holding,
  presenceLevels,
  type ReportAggregation,
  type UsageDemand,
} from '#billing/usage';
import { burnCredit } from '#billing/wallet';
import {
  daysBetween,
  Decimal,
  decimalOfFraction,
  parseInstant,
  parseLocalDate,
  plusDays,
  startOfDay,
  type Instant,
  type LocalPeriod,
  type Rounding,
  windowsBetween,
  type WindowUnit,
} from '#kernel';
import { atLeastNothing, convertedUnits } from '#rating';
import { adapter, nonGoal, NonGoal, type Adapters } from './adapter.js';
import { creditBurn, type CreditBurnInput } from './credit-burn.js';
import { picked } from './picked.js';
import { fractionText } from './shapes.js';

type Properties = Readonly<Record<string, string>>;

interface EventInput {
  readonly at: string;
  readonly value?: string;
  readonly delta?: string;
  readonly unique_id?: string;
  readonly op?: string;
  readonly properties?: Properties;
}
interface Period {
  readonly period_start: string;
  readonly period_end: string;
  readonly events: readonly EventInput[];
}
interface Aggregate extends Period {
  readonly function: Exclude<ReportAggregation, 'weighted_sum'>;
  readonly cumulative?: boolean;
  readonly where?: Properties;
  readonly clamp_zero?: boolean;
  readonly round?: RoundInput;
}
interface RoundInput {
  readonly function: 'round' | 'ceil' | 'floor';
  readonly decimals: number;
}

const ROUNDINGS = { round: 'half_up', ceil: 'ceiling', floor: 'floor' } as const satisfies Record<string, Rounding>;
const MODES = { round: 'half_up', ceil: 'up', floor: 'down' } as const;
const FIVE_DIGITS = 5;
const UTC = 'UTC';

const reading = (event: EventInput, index: number): CountedReading => ({
  id: `r${index}`,
  event: 'event',
  at: parseInstant(event.at),
  properties: {
    ...event.properties,
    ...given('value', event.value ?? event.delta ?? event.unique_id),
    ...given('operation_type', event.op),
  },
  revision: index,
  ordinal: 0,
  digest: 0n,
});
const given = (name: string, value: string | undefined): Properties => (value === undefined ? {} : { [name]: value });

const meterOf = (aggregation: Aggregation, parts: Partial<Meter> = {}): Meter => ({
  key: 'meter',
  name: 'Meter',
  eventName: 'event',
  aggregation,
  ...(aggregation === 'count' ? {} : { valueProperty: 'value' }),
  filters: [],
  groupBy: [],
  ...parts,
});

const THE_BEGINNING = parseInstant('0001-01-01T00:00:00Z');

const demandOf = (period: Omit<Period, 'events'>, meter: Meter): UsageDemand => ({
  key: 'demand',
  meter,
  subscriptionId: 'sub_01h455vb4pex5vsknk084sn02q',
  start: parseInstant(period.period_start),
  end: parseInstant(period.period_end),
  zone: UTC,
  takenByEarlier: [],
});

/** Values of a unique count come and go, also within one period: what differs is whether they are carried into it. */
const carried = ({ function: aggregation, cumulative, period_start: start }: Aggregate): Partial<UsageDemand> => {
  if (cumulative === true) return { carriedFrom: THE_BEGINNING };
  return aggregation === 'unique_count' ? { carriedFrom: parseInstant(start) } : {};
};

const isReport = (aggregation: ReportAggregation): aggregation is 'min' | 'avg' =>
  aggregation === 'min' || aggregation === 'avg';

const aggregate = (input: Aggregate) => {
  const parts: Partial<Meter> = {
    filters: Object.entries(input.where ?? {}).map(([property, value]) => ({ property, operator: 'eq', value })),
    ...(input.cumulative === true || input.function === 'unique_count' ? { recurring: true } : {}),
    ...(input.round === undefined
      ? {}
      : { rounding: { mode: MODES[input.round.function], digits: input.round.decimals } }),
  };
  const readings = input.events.map(reading);
  if (!isReport(input.function)) {
    const { quantity, count } = measure(
      { ...demandOf(input, meterOf(input.function, parts)), ...carried(input) },
      readings,
    );
    const value = input.clamp_zero === true ? atLeastNothing(Decimal.parse(quantity)) : quantity;
    return { value, count };
  }
  const demand = { ...demandOf(input, meterOf('sum', parts)), values: true };
  const { values, count } = measure(demand, readings);
  return { value: aggregateValues(input.function, values ?? []), count };
};

const midnight = (day: string): Instant => startOfDay(parseLocalDate(day), UTC);

const sample = (event: EventInput) => ({ at: parseInstant(event.at), value: event.value ?? event.unique_id ?? '' });

/** The days of a service that begins its period, or a part of one that has so many days. */
const daysHeld = (service: LocalPeriod, days: number): Holding =>
  holdingIn({
    basis: 'day',
    period: { start: service.start, end: plusDays(service.start, days) },
    service: { start: startOfDay(service.start, UTC), end: startOfDay(service.end, UTC), zone: UTC },
  });

const daysOf = (start: string, end: string): LocalPeriod => ({
  start: parseLocalDate(start),
  end: parseLocalDate(end),
});

export const aggregation: Adapters = {
  aggregate: adapter<Aggregate>((input, expected) => picked(aggregate(input), expected)),
  weighted_sum: adapter<Period & { initial: string; decimals: number }>((input) => {
    const initial = { at: THE_BEGINNING, delta: input.initial };
    const meter = meterOf('weighted_sum', { recurring: true, rounding: { mode: 'half_up', digits: input.decimals } });
    const demand = { ...demandOf(input, meter), carriedFrom: THE_BEGINNING };
    return { value: measure(demand, [initial, ...input.events].map(reading)).quantity };
  }),
  round_units: adapter<RoundInput & { value: string }>((input) => ({
    value: Decimal.parse(input.value).rounded(input.decimals, ROUNDINGS[input.function]),
  })),
  prorated_sum: adapter<{
    period_start: string;
    period_end: string;
    carried_in: string;
    events: { date: string; value: string }[];
    decimals: number;
  }>((input) => {
    const period = daysOf(input.period_start, input.period_end);
    const holding = daysHeld(period, daysBetween(period.start, period.end));
    const carried = { at: THE_BEGINNING, value: Decimal.parse(input.carried_in) };
    const added = input.events.map(({ date, value }) => ({
      at: startOfDay(parseLocalDate(date), UTC),
      value: Decimal.parse(value),
    }));
    const start = startOfDay(period.start, UTC);
    const exact = heldQuantity(addedLevels([carried, ...added], { start, holding }));
    return { exact: fractionText(exact), value: decimalOfFraction(exact, input.decimals, 'up') };
  }),
  prorated_unique: adapter<Period & { period_days: number }>((input) => {
    const changes = input.events.map(({ at, unique_id: value, op }) => ({
      at: parseInstant(at),
      value: value!,
      present: op !== 'remove',
    }));
    const holding = daysHeld(daysOf(input.period_start, input.period_end), input.period_days);
    const exact = heldQuantity(presenceLevels(changes, holding));
    return { fraction: fractionText(exact), ceil5: decimalOfFraction(exact, FIVE_DIGITS, 'up') };
  }),
  window_sums: adapter<{ boundaries: string[]; events: { date: string; unit: string; value: string }[] }>((input) => {
    const units = [...new Set(input.events.map(({ unit }) => unit))];
    const events = input.events.map(({ date, unit, value }) => ({ at: midnight(date), value, properties: { unit } }));
    const windows = input.boundaries.slice(1).map((end, index) => ({ start: input.boundaries[index]!, end }));
    return {
      windows: windows.map(({ start, end }) => {
        const period = { period_start: midnight(start), period_end: midnight(end), events };
        return Object.fromEntries(
          units.map((unit) => [unit, aggregate({ ...period, function: 'sum', where: { unit } }).value]),
        );
      }),
    };
  }),
  window_sums_closed_end: nonGoal(
    'Periods are half-open, also for usage at the instant of a cancellation: it belongs to what comes after.',
  ),
  aggregate_series: adapter<Period & { function: ReportAggregation; step: WindowUnit }>((input) => {
    const period = { start: parseInstant(input.period_start), end: parseInstant(input.period_end) };
    const per_step = windowsBetween(period, input.step, UTC).map(
      ({ start, end }) => aggregate({ ...input, period_start: start, period_end: end }).value,
    );
    return { per_step, total: aggregate(input).value };
  }),
  two_level: adapter<{ inner: ReportAggregation; outer: ReportAggregation; groups: Record<string, string[]> }>(
    ({ inner, outer, groups }) => ({
      value: aggregateValues(
        outer,
        Object.values(groups).map((values) => aggregateValues(inner, values).toString()),
      ),
    }),
  ),
  bucketed_max: adapter<{ events: EventInput[]; bucket: WindowUnit; group_by: string | null }>((input) => {
    const samples = input.events.map((event) => ({
      ...sample(event),
      ...(input.group_by === null ? {} : { group: event.properties?.[input.group_by] ?? '' }),
    }));
    return { value: bucketedMaximum(samples, input.bucket, UTC) };
  }),
  dedup_sum: adapter<{ events: { id: string; value: string }[]; policy: string; multiplier: string }>((input) => {
    if (input.policy !== 'first_wins')
      return new NonGoal('Of readings with one id the first counts; a correction is an amendment.');
    const values = firstOfEachId(input.events).map(({ value }) => value);
    const units = aggregateValues('sum', values);
    return { units, value: convertedUnits(units, { multiplyBy: input.multiplier }) };
  }),
  credit_burn: adapter<CreditBurnInput>((input) => {
    const { balances, overage } = burnCredit(creditBurn(input));
    return { balances: Object.fromEntries(balances), overage };
  }),
};

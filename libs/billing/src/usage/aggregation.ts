import type { Aggregation } from '#contracts';
import { compareInstants, Decimal, decimalOfFraction, maxDecimal, minDecimal, type Instant } from '#kernel';

/** Reports also ask for the least and for the average; meters that are billed do not. */
export type ReportAggregation = Exclude<Aggregation, 'weighted_sum'> | 'min' | 'avg';

/** An average is a quotient: it is rounded here, far below any price. */
const AVERAGE_DIGITS = 12;

/** Many values as one; zero of none. Values are texts: numbers are only read as such where the aggregation needs them. */
export const aggregateValues = (aggregation: ReportAggregation, values: readonly string[]): Decimal => {
  const numbers = () => values.map((value) => Decimal.parse(value));
  switch (aggregation) {
    case 'count':
      return Decimal.of(values.length);
    case 'unique_count':
      return Decimal.of(new Set(values).size);
    case 'sum':
      return numbers().reduce((total, value) => total.plus(value), Decimal.zero);
    case 'max':
      return values.length === 0 ? Decimal.zero : numbers().reduce(maxDecimal);
    case 'min':
      return values.length === 0 ? Decimal.zero : numbers().reduce(minDecimal);
    case 'avg': {
      if (values.length === 0) return Decimal.zero;
      const { coefficient, scale } = aggregateValues('sum', values);
      const denominator = Decimal.of(values.length).coefficientAt(scale);
      return decimalOfFraction({ numerator: coefficient, denominator }, AVERAGE_DIGITS, 'half_up');
    }
    case 'latest':
      return values.length === 0 ? Decimal.zero : Decimal.parse(values.at(-1)!);
  }
};

/** Anything that happened at an instant and has a place in its stream. */
interface Placed {
  readonly at: Instant;
  readonly revision: number;
  readonly ordinal: number;
}

/** By instant; of one instant, the later place in the stream is the later word. */
export const inOrder = (left: Placed, right: Placed): number =>
  compareInstants(left.at, right.at) || left.revision - right.revision || left.ordinal - right.ordinal;

/** Of readings with one id the first counts: a correction is an amendment, never a repetition. */
export const firstOfEachId = <One extends { readonly id: string }>(readings: Iterable<One>): One[] => {
  const first = new Map<string, One>();
  for (const reading of readings) if (!first.has(reading.id)) first.set(reading.id, reading);
  return [...first.values()];
};

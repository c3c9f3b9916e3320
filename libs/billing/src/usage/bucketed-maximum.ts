import { Decimal, maxDecimal, windowContaining, type Instant, type WindowUnit, type Zone } from '#kernel';

/** Something measured at an instant. */
interface Sample {
  readonly at: Instant;
  readonly value: string;
  readonly group?: string;
}

/** The largest value of each window and group, added up: what capacity peaks cost. */
export const bucketedMaximum = (samples: readonly Sample[], unit: WindowUnit, zone: Zone): Decimal => {
  const maxima = new Map<string, Decimal>();
  for (const { at, value, group = '' } of samples) {
    const bucket = `${windowContaining(at, unit, zone).start} ${group}`;
    const known = maxima.get(bucket);
    const own = Decimal.parse(value);
    maxima.set(bucket, known === undefined ? own : maxDecimal(known, own));
  }
  return [...maxima.values()].reduce((total, maximum) => total.plus(maximum), Decimal.zero);
};

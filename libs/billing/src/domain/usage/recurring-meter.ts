import {
  daysBetween,
  type Decimal,
  fractionOf,
  localDateOf,
  plusDays,
  startOfDay,
  sumOfParts,
  timesFraction,
  type Fraction,
  type Instant,
  type LocalDate,
  type LocalPeriod,
} from '#kernel';

/** The days of a period that are served, out of the days of the whole period at the anchor. */
export interface ProratedDays {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly periodDays: number;
  readonly timeZone: string;
}

/** A period that is served whole. */
export const wholeDays = ({ start, end }: LocalPeriod, timeZone: string): ProratedDays => ({
  start,
  end,
  periodDays: daysBetween(start, end),
  timeZone,
});

/** By this property a reading of a recurring unique count says whether its value comes or goes (Lago's name for it). */
export const OPERATION_PROPERTY = 'operation_type';
export const REMOVED = 'remove';

/** A value that comes into use or goes out of it. */
export interface Presence {
  readonly at: Instant;
  readonly value: string;
  readonly present: boolean;
}

/** Values that are present after all of these, in order. */
export const presentValues = (changes: readonly Presence[]): number => {
  const present = new Map(changes.map(({ value, present }) => [value, present]));
  return [...present.values()].filter(Boolean).length;
};

/**
 * What was added, each for the days that are left from its own day on, over the days of the whole period. What came before the
 * period counts for all of its days.
 */
export const proratedSum = (
  additions: readonly { readonly at: Instant; readonly value: Decimal }[],
  days: ProratedDays,
): Fraction =>
  sumOfParts(
    additions.map(({ at, value }) => {
      const on = localDateOf(at, days.timeZone);
      const held = daysBetween(on < days.start ? days.start : on, days.end);
      return timesFraction(fractionOf(value), overPeriod(held, days));
    }),
  );

/** Each value by the days on which it was present at any moment, over the days of the whole period. In order of their instants. */
export const proratedPresence = (changes: readonly Presence[], days: ProratedDays): Fraction => {
  const byValue = Map.groupBy(changes, ({ value }) => value);
  return sumOfParts([...byValue.values()].map((own) => overPeriod(daysPresent(own, days), days)));
};

const daysPresent = (changes: readonly Presence[], { start, end, timeZone }: ProratedDays): number => {
  let counted = 0;
  // Days before this one are counted already.
  let from = start;
  for (const [index, { at, present }] of changes.entries()) {
    if (!present) continue;
    const began = localDateOf(at, timeZone);
    const gone = changes.slice(index + 1).find((later) => !later.present);
    const until = gone === undefined ? end : dayAfter(gone.at, timeZone);
    const [first, last] = [began > from ? began : from, until < end ? until : end];
    if (first >= last) continue;
    counted += daysBetween(first, last);
    from = last;
  }
  return counted;
};

/** The first day of which nothing lies before the instant. */
const dayAfter = (at: Instant, timeZone: string): LocalDate => {
  const on = localDateOf(at, timeZone);
  return at === startOfDay(on, timeZone) ? on : plusDays(on, 1);
};

const overPeriod = (held: number, { periodDays }: ProratedDays): Fraction => ({
  numerator: BigInt(Math.max(held, 0)),
  denominator: BigInt(periodDays),
});

import { Decimal, fractionOf, isBefore, sumOfParts, timesFraction, type Fraction, type Instant } from '#kernel';
import type { LevelChange } from '#rating';
import type { Holding } from './holding.js';

/** By this property a reading of a recurring unique count says whether its value comes or goes (Lago's name for it). */
export const OPERATION_PROPERTY = 'operation_type';
export const REMOVED = 'remove';

/** A value that comes into use or goes out of it. */
export interface Presence {
  readonly at: Instant;
  readonly value: string;
  readonly present: boolean;
}

/** Units that are added at an instant; below zero, taken away. */
export interface Addition {
  readonly at: Instant;
  readonly value: Decimal;
}

/** Values that are present after all of these, in order. */
export const presentValues = (changes: readonly Presence[]): number => {
  const present = new Map(changes.map(({ value, present }) => [value, present]));
  return [...present.values()].filter(Boolean).length;
};

/** Each change of a level for as long as it lasts: added up, the quantity that was held over the period. */
export const heldQuantity = (changes: readonly LevelChange[]): Fraction =>
  sumOfParts(changes.map(({ weight }) => weight));

/** What was added, each for what is left of the service. What came before it is there from its beginning on, as one. In order. */
export const addedLevels = (
  additions: readonly Addition[],
  { start, holding }: { readonly start: Instant; readonly holding: Holding },
): LevelChange[] => {
  const carried = additions.filter(({ at }) => isBefore(at, start));
  const carriedIn = carried.reduce((total, { value }) => total.plus(value), Decimal.zero);
  return [
    levelChange(carriedIn, holding.start, holding),
    ...additions.slice(carried.length).map(({ at, value }) => levelChange(value, holding.came(at), holding)),
  ];
};

/**
 * Each value from when it comes until it goes, in the order in which that counts: where days are told apart, a value that went
 * on a day is there until the day's end. In order of their instants.
 */
export const presenceLevels = (changes: readonly Presence[], holding: Holding): LevelChange[] => {
  const stays = [...Map.groupBy(changes, ({ value }) => value).values()].flatMap((own) => staysOf(own, holding));
  const moves = stays.flatMap(({ from, until }) => [
    { place: from, change: Decimal.one },
    ...(until === undefined ? [] : [{ place: until, change: Decimal.one.negated() }]),
  ]);
  // Who goes leaves before another comes in at the same place.
  return moves
    .sort((left, right) => left.place - right.place || left.change.compare(right.change))
    .map(({ place, change }) => levelChange(change, place, holding));
};

/** A value is there in a part of the service; without an end, to the end of the service. */
interface Stay {
  readonly from: number;
  readonly until?: number;
}

const staysOf = (changes: readonly Presence[], { start, end, came, went }: Holding): Stay[] => {
  const stays: Stay[] = [];
  // What lies before this place is counted already.
  let counted = start;
  for (const [index, { at, present }] of changes.entries()) {
    if (!present) continue;
    const gone = changes.slice(index + 1).find((later) => !later.present);
    const from = Math.max(came(at), counted);
    const until = gone === undefined ? end : went(gone.at);
    if (from >= until) continue;
    stays.push(gone === undefined ? { from } : { from, until });
    counted = until;
  }
  return stays;
};

const levelChange = (change: Decimal, place: number, { end, part }: Holding): LevelChange => ({
  change,
  weight: timesFraction(fractionOf(change), part(end - place)),
});

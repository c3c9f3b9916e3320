import { earlier, instantOfSeconds, isBefore, justAfter, later, wholeSeconds, type Instant } from './instant.js';
import { dateOfEpochDay, epochDay, plusDays, type LocalDate } from './local-date.js';
import { timeZones } from './time-zones.js';

/** A half-open stretch of time in which a zone’s clocks are so many seconds ahead of UTC. */
export interface OffsetStretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly seconds: number;
}

/** A single moment whose day is known, and nothing else of the clock. */
export interface KnownDay {
  readonly from: Instant;
  readonly day: LocalDate;
}

type Kept = OffsetStretch | KnownDay;

/**
 * A zone as something that is billed has it: what was told or billed of it keeps the days by which that was done, everything else goes
 * by the rules in use. Between the two no moment is in two days, and none is in no day: days only ever go on.
 */
export interface LocalTime {
  readonly timeZone: string;
  /** In order and without overlap. */
  readonly kept: readonly Kept[];
}

/** The name of a zone stands for its rules alone. */
export type Zone = string | LocalTime;

export const zoneOf = (timeZone: string): LocalTime => ({ timeZone, kept: [] });

const DAY_SECONDS = 86_400;

/** The day that this moment falls on in a zone. */
export const localDateOf = (instant: Instant, zone: Zone): LocalDate => {
  if (typeof zone === 'string') return dateByRules(instant, zone);
  const { timeZone, kept } = zone;
  if (kept.length === 0) return dateByRules(instant, timeZone);
  const next = firstIndex(kept, ({ from }) => isBefore(instant, from));
  const [before, after] = [kept[next - 1], kept[next]];
  if (before && isBefore(instant, endOf(before))) return dayIn(before, instant);
  const date = dateByRules(instant, timeZone);
  const [first, last] = [before && dayAfter(before), after && lastDayBefore(after)];
  if (first !== undefined && (date < first || (last !== undefined && last <= first))) return first;
  return last !== undefined && date > last ? last : date;
};

/** The first moment of a day in a zone; where midnight does not exist (DST), the first moment after it. */
export const startOfDay = (date: LocalDate, zone: Zone): Instant => {
  if (typeof zone === 'string') return startByRules(date, zone);
  const { timeZone, kept } = zone;
  if (kept.length === 0) return startByRules(date, timeZone);
  const index = firstIndex(kept, (stretch) => reaches(stretch, date));
  const [before, there] = [kept[index - 1], kept[index]];
  // What comes after the end of a day is of the next one.
  if (before && dayAfter(before) >= date && there?.from !== endOf(before)) return endOf(before);
  if (there && 'seconds' in there) {
    const midnight = midnightBy(there, date);
    if (!isBefore(midnight, there.from)) return midnight;
  }
  const start = startByRules(date, timeZone);
  const notBefore = before ? later(start, 'day' in before ? before.from : before.to) : start;
  return there ? earlier(notBefore, there.from) : notBefore;
};

export const utcDateOf = (instant: Instant): LocalDate => instant.slice(0, 10) as LocalDate;

const dateByRules = (instant: Instant, timeZone: string): LocalDate =>
  timeZone === 'UTC' ? utcDateOf(instant) : timeZones().localDateOf(instant, timeZone);

const startByRules = (date: LocalDate, timeZone: string): Instant =>
  timeZone === 'UTC' ? (`${date}T00:00:00Z` as Instant) : timeZones().startOfDay(date, timeZone);

const dayIn = (stretch: Kept, instant: Instant): LocalDate =>
  'day' in stretch ? stretch.day : dateOfEpochDay(Math.floor((wholeSeconds(instant) + stretch.seconds) / DAY_SECONDS));

const endOf = (stretch: Kept): Instant => ('day' in stretch ? justAfter(stretch.from) : stretch.to);

/** The earliest day of what comes after it: where it ends with a day, the next one. */
const dayAfter = (stretch: Kept): LocalDate => ('day' in stretch ? stretch.day : dayIn(stretch, stretch.to));

/** The latest day of what comes before it: where it begins with a day, the one before. */
const lastDayBefore = (stretch: Kept): LocalDate => {
  const day = dayIn(stretch, stretch.from);
  return 'seconds' in stretch && midnightBy(stretch, day) === stretch.from ? plusDays(day, -1) : day;
};

const midnightBy = ({ seconds }: OffsetStretch, date: LocalDate): Instant =>
  instantOfSeconds(epochDay(date) * DAY_SECONDS - seconds);

/** Whether it has anything of a day, or of later ones. */
const reaches = (stretch: Kept, date: LocalDate): boolean =>
  dayIn(stretch, stretch.from) >= date || ('seconds' in stretch && isBefore(midnightBy(stretch, date), stretch.to));

/** Of a list that is first false, then true; its length where nothing is. */
const firstIndex = <One>(list: readonly One[], isReached: (one: One) => boolean): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** The last second of a day, however the rules see that by now: the next one begins after it. */
export const secondBefore = (midnight: Instant, day: LocalDate): OffsetStretch => ({
  from: instantOfSeconds(wholeSeconds(midnight) - 1),
  to: midnight,
  seconds: epochDay(day) * DAY_SECONDS - wholeSeconds(midnight),
});

export const dayAt = (instant: Instant, day: LocalDate): KnownDay => ({ from: instant, day });

/** Only days that were told. */
export const toldDays = (zone: LocalTime): LocalTime => ({ ...zone, kept: zone.kept.filter((one) => 'day' in one) });

/** With what was learned of it, which does not overlap; what is kept of it already stays as it is. In UTC, days need no keeping. */
export const keeping = (zone: LocalTime, learned: readonly Kept[]): LocalTime => {
  if (zone.timeZone === 'UTC' || learned.length === 0) return zone;
  const known = zone.kept.filter((stretch) => !learned.some((one) => isSaidBy(one, stretch)));
  const pieces = learned.flatMap((one) => piecesBetween(one, known));
  if (pieces.length === 0 && known.length === zone.kept.length) return zone;
  const all = [...known, ...pieces].sort((left, right) => (isBefore(left.from, right.from) ? -1 : 1));
  return { ...zone, kept: all.reduce<Kept[]>(joined, []) };
};

const isSaidBy = (learned: Kept, known: Kept): boolean =>
  'day' in known &&
  'seconds' in learned &&
  !isBefore(known.from, learned.from) &&
  isBefore(known.from, learned.to) &&
  known.day === dayIn(learned, known.from);

/** What of it lies in the gaps between what is known: most often in the last one. */
const piecesBetween = (learned: Kept, known: readonly Kept[]): Kept[] => {
  const pieces: Kept[] = [];
  const to = endOf(learned);
  let { from } = learned;
  for (const [index, stretch] of known.entries()) {
    const end = endOf(stretch);
    if (!isBefore(from, end)) continue;
    if (!isBefore(stretch.from, to)) break;
    if (isBefore(from, stretch.from)) pieces.push(...fitted({ ...learned, from, to: stretch.from }, known, index));
    if (!isBefore(end, to)) return pieces;
    from = end;
  }
  const next = firstIndex(known, (stretch) => isBefore(from, stretch.from));
  return [...pieces, ...fitted({ ...learned, from }, known, next)];
};

/** As far as days go on in it from what is known before it to what is known after it. */
const fitted = (piece: Kept, known: readonly Kept[], next: number): Kept[] => {
  const [before, after] = [known[next - 1], known[next]];
  const [first, last] = [before && dayAfter(before), after && lastDayBefore(after)];
  if ('day' in piece) {
    return (first !== undefined && piece.day < first) || (last !== undefined && piece.day > last) ? [] : [piece];
  }
  const from = first === undefined ? piece.from : later(piece.from, midnightBy(piece, first));
  const to = last === undefined ? piece.to : earlier(piece.to, midnightBy(piece, plusDays(last, 1)));
  return isBefore(from, to) ? [{ ...piece, from, to }] : [];
};

const joined = (all: Kept[], next: Kept): Kept[] => {
  const last = all.at(-1);
  if (last === undefined || 'day' in last || 'day' in next) return [...all, next];
  const goesOn = last.seconds === next.seconds && last.to === next.from;
  return goesOn ? [...all.slice(0, -1), { ...last, to: next.to }] : [...all, next];
};

/** How far a zone’s clocks are ahead of UTC between two instants: enough to count its days again. */
export const offsetsBetween = (from: Instant, to: Instant, zone: LocalTime): readonly OffsetStretch[] => {
  const turns = timeZones().offsets(from, to, zone.timeZone);
  const byRules = turns.map((turn, index) => ({ ...turn, to: turns[index + 1]?.from ?? to }));
  return keeping(zone, byRules)
    .kept.filter((stretch) => 'seconds' in stretch)
    .map((stretch) => ({ ...stretch, from: later(stretch.from, from), to: earlier(stretch.to, to) }))
    .filter((stretch) => isBefore(stretch.from, stretch.to));
};

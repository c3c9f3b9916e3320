import type { InvoicePeriod } from '#contracts';
import type { DocumentLine } from '#billing/invoice';
import { localDateOf, plusDays, startOfDay, type LocalDate } from '#kernel';

/** Both belong to it. */
export interface Days {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** An end that is a midnight is that of the day before. */
export const daysOf = ({ start, end }: InvoicePeriod, timeZone: string): Days => {
  const first = localDateOf(start, timeZone);
  const day = localDateOf(end, timeZone);
  return daysFrom(first, startOfDay(day, timeZone) === end ? plusDays(day, -1) : day);
};

/** The days that each line is for: of one that adjusts another, those of that. */
export const serviceDaysAmong = (lines: readonly DocumentLine[], timeZone: string): ((line: DocumentLine) => Days) => {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  return (line) => {
    const adjusted = line.kind === 'one_off' && line.adjusts !== undefined ? byId.get(line.adjusts) : undefined;
    return serviceDays(adjusted ?? line, timeZone);
  };
};

/** As they were when it was billed; the one of an item is when it was added. */
const serviceDays = (line: DocumentLine, timeZone: string): Days => {
  if ('service' in line) return daysFrom(line.service.localStart, plusDays(line.service.localEnd, -1));
  const day = localDateOf(line.addedAt, timeZone);
  return { first: day, last: day };
};

/** From the first of the days to the last of them. */
export const hullOf = (all: readonly Days[]): Days =>
  all.reduce((hull, { first, last }) => ({
    first: first < hull.first ? first : hull.first,
    last: last > hull.last ? last : hull.last,
  }));

const daysFrom = (first: LocalDate, last: LocalDate): Days => ({ first, last: last < first ? first : last });

import { parseInstant, parseLocalDate, startOfDay, type Instant } from '#kernel';

/** An instant, or the beginning of a day. */
export const momentOf = (text: string, timeZone: string): Instant =>
  text.length === 10 ? startOfDay(parseLocalDate(text), timeZone) : parseInstant(text);

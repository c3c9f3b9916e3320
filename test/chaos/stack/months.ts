/** The calendar of the load: months that are over wherever the clock is moved. */

const FIRST_YEAR = 2023;
/** Usage falls into them, and all of them are billed at the end. */
export const MONTHS = 18;

/** The beginning of a month, counted from the first one. */
export const monthStart = (month: number): string =>
  new Date(Date.UTC(FIRST_YEAR, month, 1)).toISOString().replace('.000Z', 'Z');

/** An instant within the months. */
export const instantIn = (month: number, minute: number): string =>
  new Date(Date.UTC(FIRST_YEAR, month, 1, 0, minute)).toISOString();

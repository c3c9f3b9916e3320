const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds after each attempt until the next one: three days and a half altogether. */
const DELAYS = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Receivers that came back at once are not to be hit by all that waited at once. */
const JITTER = 0.2;
const RETRY_AFTER_SECONDS_MAX = 24 * HOUR;

export const ATTEMPTS_MAX = DELAYS.length + 1;

/**
 * Seconds until what was tried so often is tried again; null if it is not.
 *
 * @param chance from 0 to 1
 * @param retryAfter seconds that the receiver asked for; obeyed up to a day
 */
export const secondsUntilRetry = (
  attempts: number,
  chance: number,
  retryAfter: number | null = null,
): number | null => {
  const delay = DELAYS[attempts - 1];
  if (delay === undefined) return null;
  const spread = Math.round(delay * (1 - JITTER + 2 * JITTER * chance));
  return Math.max(spread, Math.min(retryAfter ?? 0, RETRY_AFTER_SECONDS_MAX));
};

/** Seconds that an HTTP `Retry-After` asks for: digits, or a date. Null if it says nothing that can be read. */
export const retryAfterSeconds = (header: string | undefined, nowMilliseconds: number): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,9}$/u.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, (at - nowMilliseconds) / 1_000);
};

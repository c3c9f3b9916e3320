const MINUTE = 60_000;

/** What is known of how an endpoint takes what it is sent. Times are milliseconds since 1970. */
export interface Breaker {
  /** In a row. */
  readonly failures: number;
  /** The first of them. */
  readonly failingSince: number | null;
  /** Nothing is sent until then, and then one message alone; null while it is closed. */
  readonly openUntil: number | null;
  /** Messages that were sent to see whether it takes some again. */
  readonly probes: number;
}

export const CLOSED: Breaker = { failures: 0, failingSince: null, openUntil: null, probes: 0 };

const FAILURES_MIN = 20;
/** A deploy is shorter. */
const FAILING_MILLISECONDS_MIN = 10 * MINUTE;
const PROBE_MILLISECONDS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE] as const;
const GIVEN_UP_MILLISECONDS = 5 * 24 * 60 * MINUTE;

/** Opens after many failures over some time, and stays open until a message gets through. */
export const afterFailure = ({ failures: before, failingSince, openUntil, probes }: Breaker, now: number): Breaker => {
  const since = failingSince ?? now;
  const failures = before + 1;
  const opens = openUntil !== null || (failures >= FAILURES_MIN && now - since >= FAILING_MILLISECONDS_MIN);
  if (!opens) return { failures, failingSince: since, openUntil: null, probes: 0 };
  const pause = PROBE_MILLISECONDS[Math.min(probes, PROBE_MILLISECONDS.length - 1)]!;
  return { failures, failingSince: since, openUntil: now + pause, probes: probes + 1 };
};

/** Whether it took nothing for days. */
export const isGivenUp = ({ openUntil, failingSince }: Breaker, now: number): boolean =>
  openUntil !== null && failingSince !== null && now - failingSince >= GIVEN_UP_MILLISECONDS;

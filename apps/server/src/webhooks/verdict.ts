import { afterFailure, CLOSED, isGivenUp, type Breaker } from './breaker.js';
import type { EndpointNext, Next } from './delivery.js';
import { secondsUntilRetry } from './retry-schedule.js';

/** How a receiver took a message; a status of null: it answered nothing. */
export interface Taking {
  readonly status: number | null;
  readonly retryAfter: number | null;
}

const GONE = 410;
const isTaken = ({ status }: Taking): boolean => status !== null && status >= 200 && status < 300;

/** Whether the message is through, tried again, or given up. @param chance from 0 to 1 */
export const nextOf = (taking: Taking, attempts: number, isProbe: boolean, chance: number): Next => {
  if (isTaken(taking)) return { status: 'delivered' };
  // While the endpoint takes nothing at all, no message is held to blame; the breaker says when it is tried again.
  if (isProbe || taking.status === GONE) return { status: 'pending', seconds: 0, again: true };
  const seconds = secondsUntilRetry(attempts, chance, taking.retryAfter);
  return seconds === null ? { status: 'dead' } : { status: 'pending', seconds };
};

/** What that says of the endpoint. */
export const endpointNextOf =
  (taking: Taking, now: number) =>
  (before: Breaker): EndpointNext => {
    if (isTaken(taking)) return { breaker: CLOSED, disabled: null };
    const breaker = afterFailure(before, now);
    if (taking.status === GONE) return { breaker, disabled: 'gone' };
    return { breaker, disabled: isGivenUp(breaker, now) ? 'failing' : null };
  };

import pTimeout, { TimeoutError } from 'p-timeout';
import Stripe from 'stripe';
import { GatewayRefused, GatewayUnavailable } from '../gateway-errors.js';
import type { Unknown } from '../outcome.js';

/**
 * Ends every call. The package's own time-out counts silence on a connection, so that an answer that drips is never too late, and it sends
 * once more by itself when a connection closes.
 */
export const ended = <T>(answer: Promise<T>, milliseconds: number): Promise<T> => pTimeout(answer, { milliseconds });

/** Undefined: the gateway has answered, and says no. Anything that is not of the gateway is thrown again. */
export const unknownOf = (error: unknown): Unknown | undefined => {
  if (error instanceof TimeoutError) return unknown('timeout', 'repeat');
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  if (error instanceof Stripe.errors.StripeConnectionError) return unknown('no_answer', 'repeat');
  const { statusCode } = error;
  // No JSON: somebody on the way answered.
  if (statusCode === undefined) return unknown('no_answer', 'repeat');
  if (statusCode === 401 || statusCode === 403) return unknown('not_authorized', 'repeat');
  if (statusCode === 409) return unknown('in_progress', 'repeat');
  if (statusCode === 429) return unknown('rate_limited', 'repeat');
  // An answer of 500 is kept for the key, and is the answer from then on.
  if (statusCode >= 500) return unknown('gateway_error', 'look_up');
  if (error instanceof Stripe.errors.StripeIdempotencyError) return unknown('key_of_another_request', 'look_up');
  return undefined;
};

const unknown = (code: string, resolve: Unknown['resolve']): Unknown => ({ status: 'unknown', code, resolve });

/** Of a call that moves no money. @throws GatewayUnavailable, GatewayRefused */
export const thrown = (error: unknown): never => {
  const without = unknownOf(error);
  if (without) throw new GatewayUnavailable(without.code, { cause: error });
  const { code, message } = error as Stripe.errors.StripeError;
  throw new GatewayRefused(code ?? 'refused', message, { cause: error });
};

export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

import Stripe from 'stripe';
import { instantOfSeconds, wholeSeconds, type Instant } from '#kernel';
import type { Notification, ObjectRef } from '../changes.js';
import { NotificationRefused } from '../gateway-errors.js';

/** How old a signature may be. */
const TOLERANCE_SECONDS = 300;

/** @param secrets of the endpoint; several while one is replaced */
export const readStripeNotification = (
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
  now: Instant,
): Notification => {
  if (signature === undefined) throw new NotificationRefused('signature');
  for (const secret of secrets) {
    const event = verified(body, signature, secret, now);
    if (event) return notificationOf(event);
  }
  throw new NotificationRefused('signature');
};

const verified = (body: Uint8Array, signature: string, secret: string, now: Instant): Stripe.Event | undefined => {
  try {
    const receivedAt = wholeSeconds(now) * 1_000;
    return Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, receivedAt);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    throw new NotificationRefused('content');
  }
};

export const notificationOf = (event: Stripe.Event): Notification => {
  if (typeof event?.id !== 'string' || typeof event.created !== 'number') throw new NotificationRefused('content');
  return {
    id: event.id,
    type: event.type,
    createdAt: instantOfSeconds(event.created),
    object: objectOf(event.data?.object as Told | undefined),
  };
};

/** As much of what an event is about as is believed: what it is, and its id. */
interface Told {
  readonly object?: string;
  readonly id?: string;
  readonly mode?: string;
  readonly payment_intent?: string | null;
}

const objectOf = (told: Told | undefined): ObjectRef | null => {
  const { object, id, mode, payment_intent } = told ?? {};
  if (typeof id !== 'string') return null;
  switch (object) {
    case 'payment_intent':
      return { kind: 'attempt', reference: id };
    case 'charge':
      return typeof payment_intent === 'string' ? { kind: 'attempt', reference: payment_intent } : null;
    case 'checkout.session':
      return { kind: mode === 'setup' ? 'setup' : 'attempt', reference: id };
    case 'refund':
      return { kind: 'refund', reference: id };
    case 'dispute':
      return { kind: 'dispute', reference: id };
    case 'payment_method':
      return { kind: 'method', reference: id };
    case 'payout':
      return { kind: 'payout', reference: id };
    default:
      return null;
  }
};

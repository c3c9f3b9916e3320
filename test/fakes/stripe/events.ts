import type Stripe from 'stripe';
import { ApiVersion } from './api-version.js';
import type { World } from './world.js';

const DAY = 86_400;
const KEPT_SECONDS = 30 * DAY;

/** Objects whose changes are told. */
type Told =
  | Stripe.BalanceTransaction
  | Stripe.Charge
  | Stripe.Checkout.Session
  | Stripe.Customer
  | Stripe.Dispute
  | Stripe.PaymentIntent
  | Stripe.PaymentMethod
  | Stripe.Payout
  | Stripe.Refund
  | Stripe.SetupIntent;

/** Types that the package knows: a name that the API does not have does not compile. */
export type EventType = Stripe.Event['type'];

/** Tells a change: as an event that is listed for thirty days, and by webhooks. The object is as it is now, whatever becomes of it. */
export const tell = (world: World, type: EventType, object: Told): void => {
  const event: Stripe.EventBase = {
    id: world.id('evt'),
    object: 'event',
    api_version: ApiVersion,
    created: world.clock.now(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: world.webhooks.count,
    request: { id: world.requestId, idempotency_key: world.requestKey },
    type,
  };
  world.events.add(event);
  world.webhooks.deliver(event);
};

export const isKept = (world: World, { created }: { readonly created: number }): boolean =>
  world.clock.now() - created < KEPT_SECONDS;

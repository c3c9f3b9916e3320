import type Stripe from 'stripe';
import { MovableClock } from './clock.js';
import { Collection } from './collection.js';
import type { Behaviour } from './test-tokens.js';
import { Webhooks } from './webhooks.js';

/** All that there is at the gateway. */
export class World {
  readonly clock = new MovableClock();
  readonly webhooks = new Webhooks(this.clock);
  readonly customers = new Collection<Stripe.Customer>('customer', '/v1/customers');
  readonly paymentMethods = new Collection<Stripe.PaymentMethod>('PaymentMethod', '/v1/payment_methods');
  readonly paymentIntents = new Collection<Stripe.PaymentIntent>('payment_intent', '/v1/payment_intents');
  readonly setupIntents = new Collection<Stripe.SetupIntent>('setupintent', '/v1/setup_intents');
  readonly sessions = new Collection<Stripe.Checkout.Session>('checkout.session', '/v1/checkout/sessions');
  readonly charges = new Collection<Stripe.Charge>('charge', '/v1/charges');
  readonly refunds = new Collection<Stripe.Refund>('refund', '/v1/refunds');
  readonly disputes = new Collection<Stripe.Dispute>('dispute', '/v1/disputes');
  readonly movements = new Collection<Stripe.BalanceTransaction>('balance transaction', '/v1/balance_transactions');
  readonly payouts = new Collection<Stripe.Payout>('payout', '/v1/payouts');
  readonly events = new Collection<Stripe.EventBase>('event', '/v1/events');
  /** Methods that their owner confirmed once. */
  readonly confirmed = new Set<string>();
  /** Methods that were taken off a customer. */
  readonly detached = new Set<string>();
  /** What each method does when it is charged. */
  readonly behaviours = new Map<string, Behaviour>();

  requestId = '';
  requestKey: string | null = null;
  private made = 0;

  id(prefix: string): string {
    this.made += 1;
    return `${prefix}_${this.made.toString(36).padStart(24, '0')}`;
  }

  /** Whatever bears the id. */
  find(id: string): object | undefined {
    for (const collection of [
      this.charges,
      this.customers,
      this.paymentMethods,
      this.paymentIntents,
      this.setupIntents,
      this.movements,
      this.refunds,
      this.disputes,
      this.payouts,
    ]) {
      const found = collection.find(id);
      if (found) return found;
    }
    return undefined;
  }
}

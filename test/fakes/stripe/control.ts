import type { Api } from './api.js';
import type { Fault, Faults, Weather } from './faults.js';
import { completeSession } from './objects/checkout-session.js';
import { closeDispute, openDispute } from './objects/dispute.js';
import { authenticate } from './objects/payment-intent.js';
import { detach } from './objects/payment-method.js';
import { payOut } from './objects/payout.js';
import { failRefund } from './objects/refund.js';
import { authenticateSetup } from './objects/setup-intent.js';
import { BEHAVIOURS, type BehaviourName } from './test-tokens.js';
import type { Delivery, WebhookEndpoint } from './webhooks.js';
import type { World } from './world.js';

/** What happens at a gateway that no program asks it for: by name, what it takes and what comes of it. */
export interface Orders {
  /** Moves the clock; what falls due on the way happens. */
  readonly advance: { readonly takes: { readonly seconds: number }; readonly gives: { readonly now: number } };
  readonly now: { readonly takes: Record<string, never>; readonly gives: { readonly now: number } };
  readonly fault: { readonly takes: Fault; readonly gives: null };
  readonly weather: { readonly takes: Weather; readonly gives: null };
  readonly calm: { readonly takes: Record<string, never>; readonly gives: null };
  readonly webhooks: {
    readonly takes: { readonly endpoints: readonly WebhookEndpoint[]; readonly delivery?: Delivery };
    readonly gives: null;
  };
  readonly underway: { readonly takes: Record<string, never>; readonly gives: { readonly messages: number } };
  /** From now on, a method does what is named. */
  readonly behave: {
    readonly takes: { readonly method: string; readonly behaviour: BehaviourName };
    readonly gives: null;
  };
  /** The customer answers what was asked, at an intent or a set-up. */
  readonly authenticate: {
    readonly takes: { readonly intent: string; readonly confirmed: boolean };
    readonly gives: { readonly status: string };
  };
  /** The customer pays at the page, or leaves a method there. */
  readonly complete: {
    readonly takes: { readonly session: string; readonly method: string };
    readonly gives: { readonly status: string | null };
  };
  readonly revoke: { readonly takes: { readonly method: string }; readonly gives: null };
  readonly openDispute: {
    readonly takes: {
      readonly charge: string;
      readonly amount?: number;
      readonly reason?: string;
      readonly inquiry?: boolean;
    };
    readonly gives: { readonly id: string };
  };
  readonly closeDispute: {
    readonly takes: { readonly dispute: string; readonly outcome: 'won' | 'lost' };
    readonly gives: { readonly status: string };
  };
  readonly failRefund: { readonly takes: { readonly refund: string }; readonly gives: null };
  readonly payOut: {
    readonly takes: { readonly currency: string; readonly fails?: boolean };
    readonly gives: { readonly id: string; readonly amount: number };
  };
  /** What really happened, to be compared with what others know. */
  readonly charges: {
    readonly takes: Record<string, never>;
    readonly gives: readonly {
      readonly id: string;
      readonly paymentIntent: string;
      readonly status: string;
      readonly amount: number;
      readonly currency: string;
      readonly metadata: Readonly<Record<string, string>>;
    }[];
  };
  readonly asked: {
    readonly takes: Record<string, never>;
    readonly gives: Api['asked'];
  };
}

export type OrderName = keyof Orders;

type Carried = { readonly [Name in OrderName]: (takes: Orders[Name]['takes']) => Orders[Name]['gives'] };

export const ordersOf = (world: World, api: Api, faults: Faults): Carried => ({
  advance: ({ seconds }) => {
    world.clock.advance(seconds);
    return { now: world.clock.now() };
  },
  now: () => ({ now: world.clock.now() }),
  fault: (fault) => done(faults.add(fault)),
  weather: (weather) => done(faults.set(weather)),
  calm: () => done(faults.clear()),
  webhooks: ({ endpoints, delivery = {} }) => {
    world.webhooks.to(endpoints);
    world.webhooks.travel(delivery);
    return null;
  },
  underway: () => ({ messages: world.webhooks.underway }),
  behave: ({ method, behaviour }) => {
    world.behaviours.set(world.paymentMethods.get(method).id, BEHAVIOURS[behaviour]);
    return null;
  },
  authenticate: ({ intent, confirmed }) =>
    world.setupIntents.find(intent)
      ? { status: authenticateSetup(world, intent, confirmed).status }
      : { status: authenticate(world, intent, confirmed).status },
  complete: ({ session, method }) => ({ status: completeSession(world, session, method).status }),
  revoke: ({ method }) => done(detach(world, method)),
  openDispute: ({ charge, amount, reason = 'fraudulent', inquiry = false }) => {
    const disputed = world.charges.get(charge);
    const opened = { reason, isInquiry: inquiry, amount: amount ?? disputed.amount };
    return { id: openDispute(world, disputed, opened).id };
  },
  closeDispute: ({ dispute, outcome }) => ({ status: closeDispute(world, dispute, outcome).status }),
  failRefund: ({ refund }) => done(failRefund(world, world.refunds.get(refund), 'expired_or_canceled_card')),
  payOut: ({ currency, fails = false }) => {
    const { id, amount } = payOut(world, currency, fails);
    return { id, amount };
  },
  charges: () =>
    world.charges.all().map(({ id, payment_intent, status, amount, currency, metadata }) => ({
      id,
      paymentIntent: payment_intent as string,
      status,
      amount,
      currency,
      metadata,
    })),
  asked: () => api.asked,
});

const done = (_: unknown): null => null;

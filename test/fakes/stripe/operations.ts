import type Stripe from 'stripe';
import type { EventType } from './events.js';
import { isKept } from './events.js';
import { missing } from './api-error.js';
import type { Form } from './form.js';
import { createSession, expireSession } from './objects/checkout-session.js';
import { createCustomer } from './objects/customer.js';
import { cancelPaymentIntent, confirmPaymentIntent, createPaymentIntent } from './objects/payment-intent.js';
import { attach, createPaymentMethod, detach, methodsOf } from './objects/payment-method.js';
import { payOut } from './objects/payout.js';
import { available } from './objects/movement.js';
import { cancelRefund, createRefund } from './objects/refund.js';
import { confirmSetupIntent, createSetupIntent } from './objects/setup-intent.js';
import { listOf, neededText, textOf, type Params } from './params.js';
import type { World } from './world.js';

export interface Call {
  readonly world: World;
  readonly params: Params;
  /** What the path names. */
  readonly id: string;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `*` is an id. */
  readonly path: string;
  readonly takes: readonly string[];
  readonly run: (call: Call) => object;
}

const post = (path: string, takes: readonly string[], run: Operation['run']): Operation => ({
  method: 'POST',
  path,
  takes,
  run,
});
/** Names that the package knows of an operation: what the API takes no more does not compile. */
const names =
  <Of>() =>
  (...taken: readonly (keyof Of & string)[]): readonly string[] =>
    taken;
const NOTHING: readonly string[] = [];
const get = (path: string, takes: readonly string[], run: Operation['run']): Operation => ({
  ...post(path, takes, run),
  method: 'GET',
});

const PAGING = ['limit', 'starting_after', 'ending_before', 'created'] as const;

/** Of a list, what has each of these fields as the request names it. */
const matching =
  <T>(params: Form, ...fields: readonly (keyof T & string)[]) =>
  (item: T): boolean =>
    fields.every((field) => params[field] === undefined || item[field] === params[field]);

const CONFIRMING = ['payment_method', 'off_session', 'return_url', 'setup_future_usage'] as const;

/** What the API does here, one line each. */
export const OPERATIONS: readonly Operation[] = [
  post(
    '/v1/customers',
    names<Stripe.CustomerCreateParams>()('name', 'email', 'description', 'metadata'),
    ({ world, params }) => createCustomer(world, params),
  ),
  get('/v1/customers', names<Stripe.CustomerListParams>()(...PAGING, 'email'), ({ world, params }) =>
    world.customers.list(params, matching(params, 'email')),
  ),
  get('/v1/customers/*', NOTHING, ({ world, id }) => world.customers.get(id)),
  get(
    '/v1/customers/*/payment_methods',
    names<Stripe.CustomerListPaymentMethodsParams>()('limit', 'starting_after', 'ending_before', 'type'),
    ({ world, params, id }) => {
      if (!world.customers.find(id)) missing('customer', id);
      return world.paymentMethods.list(params, methodsOf(world, { ...params, customer: id }));
    },
  ),

  post(
    '/v1/payment_methods',
    names<Stripe.PaymentMethodCreateParams>()('type', 'card', 'sepa_debit', 'billing_details', 'metadata'),
    ({ world, params }) => createPaymentMethod(world, params),
  ),
  get(
    '/v1/payment_methods',
    names<Stripe.PaymentMethodListParams>()('limit', 'starting_after', 'ending_before', 'customer', 'type'),
    ({ world, params }) => world.paymentMethods.list(params, methodsOf(world, params)),
  ),
  get('/v1/payment_methods/*', NOTHING, ({ world, id }) => world.paymentMethods.get(id)),
  post('/v1/payment_methods/*/attach', names<Stripe.PaymentMethodAttachParams>()('customer'), ({ world, params, id }) =>
    attach(world, id, params),
  ),
  post('/v1/payment_methods/*/detach', NOTHING, ({ world, id }) => detach(world, id)),

  post(
    '/v1/payment_intents',
    names<Stripe.PaymentIntentCreateParams>()(
      'amount',
      'currency',
      'customer',
      'confirm',
      'description',
      'metadata',
      'allowed_payment_method_types',
      'automatic_payment_methods',
      'statement_descriptor',
      'statement_descriptor_suffix',
      ...CONFIRMING,
    ),
    ({ world, params }) => createPaymentIntent(world, params),
  ),
  get('/v1/payment_intents', names<Stripe.PaymentIntentListParams>()(...PAGING, 'customer'), ({ world, params }) =>
    world.paymentIntents.list(params, matching(params, 'customer')),
  ),
  get('/v1/payment_intents/*', NOTHING, ({ world, id }) => world.paymentIntents.get(id)),
  post('/v1/payment_intents/*/confirm', CONFIRMING, ({ world, params, id }) => confirmPaymentIntent(world, id, params)),
  post(
    '/v1/payment_intents/*/cancel',
    names<Stripe.PaymentIntentCancelParams>()('cancellation_reason'),
    ({ world, params, id }) => cancelPaymentIntent(world, id, params),
  ),

  post(
    '/v1/setup_intents',
    names<Stripe.SetupIntentCreateParams>()(
      'customer',
      'payment_method',
      'confirm',
      'usage',
      'metadata',
      'allowed_payment_method_types',
      'return_url',
    ),
    ({ world, params }) => createSetupIntent(world, params),
  ),
  get('/v1/setup_intents/*', NOTHING, ({ world, id }) => world.setupIntents.get(id)),
  post(
    '/v1/setup_intents/*/confirm',
    names<Stripe.SetupIntentConfirmParams>()('payment_method', 'return_url'),
    ({ world, params, id }) => confirmSetupIntent(world, id, params),
  ),

  post(
    '/v1/checkout/sessions',
    names<Stripe.Checkout.SessionCreateParams>()(
      'mode',
      'line_items',
      'customer',
      'success_url',
      'cancel_url',
      'client_reference_id',
      'currency',
      'expires_at',
      'metadata',
      'payment_intent_data',
      'setup_intent_data',
      'allowed_payment_method_types',
    ),
    ({ world, params }) => createSession(world, params),
  ),
  get(
    '/v1/checkout/sessions',
    names<Stripe.Checkout.SessionListParams>()(...PAGING, 'customer', 'payment_intent', 'status'),
    ({ world, params }) => world.sessions.list(params, matching(params, 'customer', 'payment_intent', 'status')),
  ),
  get('/v1/checkout/sessions/*', NOTHING, ({ world, id }) => world.sessions.get(id)),
  post('/v1/checkout/sessions/*/expire', NOTHING, ({ world, id }) => expireSession(world, id)),

  get('/v1/charges', names<Stripe.ChargeListParams>()(...PAGING, 'customer', 'payment_intent'), ({ world, params }) =>
    world.charges.list(params, matching(params, 'customer', 'payment_intent')),
  ),
  get('/v1/charges/*', NOTHING, ({ world, id }) => world.charges.get(id)),

  post(
    '/v1/refunds',
    names<Stripe.RefundCreateParams>()('payment_intent', 'charge', 'amount', 'reason', 'metadata'),
    ({ world, params }) => createRefund(world, params),
  ),
  get('/v1/refunds', names<Stripe.RefundListParams>()(...PAGING, 'payment_intent', 'charge'), ({ world, params }) =>
    world.refunds.list(params, matching(params, 'payment_intent', 'charge')),
  ),
  get('/v1/refunds/*', NOTHING, ({ world, id }) => world.refunds.get(id)),
  post('/v1/refunds/*/cancel', NOTHING, ({ world, id }) => cancelRefund(world, id)),

  get('/v1/disputes', names<Stripe.DisputeListParams>()(...PAGING, 'payment_intent', 'charge'), ({ world, params }) =>
    world.disputes.list(params, matching(params, 'payment_intent', 'charge')),
  ),
  get('/v1/disputes/*', NOTHING, ({ world, id }) => world.disputes.get(id)),

  get('/v1/balance', NOTHING, ({ world }) => ({
    object: 'balance',
    available: ['eur', 'usd'].map((currency) => ({ amount: available(world, currency), currency })),
    livemode: false,
    pending: [],
  })),
  get(
    '/v1/balance_transactions',
    names<Stripe.BalanceTransactionListParams>()(...PAGING, 'currency', 'source', 'type'),
    ({ world, params }) => world.movements.list(params, matching(params, 'currency', 'source', 'type')),
  ),
  get('/v1/balance_transactions/*', NOTHING, ({ world, id }) => world.movements.get(id)),

  post('/v1/payouts', names<Stripe.PayoutCreateParams>()('currency'), ({ world, params }) =>
    payOut(world, neededText(params, 'currency'), false),
  ),
  get('/v1/payouts', names<Stripe.PayoutListParams>()(...PAGING, 'status'), ({ world, params }) =>
    world.payouts.list(params, matching(params, 'status')),
  ),
  get('/v1/payouts/*', NOTHING, ({ world, id }) => world.payouts.get(id)),

  get('/v1/events', names<Stripe.EventListParams>()(...PAGING, 'type', 'types'), ({ world, params }) => {
    const type = textOf(params, 'type') as EventType | undefined;
    const types = listOf(params, 'types');
    return world.events.list(
      params,
      (event) =>
        isKept(world, event) &&
        (type === undefined || event.type === type) &&
        (types.length === 0 || types.includes(event.type)),
    );
  }),
  get('/v1/events/*', NOTHING, ({ world, id }) => {
    const event = world.events.get(id);
    return isKept(world, event) ? event : missing('event', id);
  }),
];

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
}

const ROUTES: readonly Route[] = OPERATIONS.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll('*', '([^/]+)')}$`, 'u'),
}));

export const operationOf = (
  method: string,
  path: string,
): { readonly operation: Operation; readonly id: string } | undefined => {
  for (const { operation, pattern } of ROUTES) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match) return { operation, id: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
};

import type Stripe from 'stripe';
import { ApiError, invalid } from '../api-error.js';
import { tell } from '../events.js';
import { isTrue, listOf, metadataOf, textOf, type Params } from '../params.js';
import type { World } from '../world.js';
import { keep, methodOf } from './payment-method.js';

export const createSetupIntent = (world: World, params: Params): Stripe.SetupIntent => {
  const customer = textOf(params, 'customer');
  if (customer !== undefined) world.customers.get(customer, 'customer');
  const named = textOf(params, 'payment_method');
  const method = named === undefined ? null : methodOf(world, named, 'payment_method');
  const id = world.id('seti');
  const types = listOf(params, 'allowed_payment_method_types');
  const intent: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_double`,
    created: world.clock.now(),
    customer: customer ?? null,
    description: null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: metadataOf(params),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: types.length > 0 ? [...types] : ['card', 'sepa_debit'],
    single_use_mandate: null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    usage: textOf(params, 'usage') ?? 'off_session',
  };
  world.setupIntents.add(intent);
  tell(world, 'setup_intent.created', intent);
  if (isTrue(params, 'confirm')) confirmSetup(world, intent, method, textOf(params, 'return_url'));
  return intent;
};

export const confirmSetupIntent = (world: World, id: string, params: Params): Stripe.SetupIntent => {
  const intent = world.setupIntents.get(id);
  const named = textOf(params, 'payment_method') ?? (intent.payment_method as string | null);
  const method = named === null ? null : methodOf(world, named, 'payment_method');
  confirmSetup(world, intent, method, textOf(params, 'return_url'));
  return intent;
};

const confirmSetup = (
  world: World,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod | null,
  returnUrl: string | undefined,
): void => {
  if (!method) return invalid('A payment method is missing.', 'parameter_missing', 'payment_method');
  intent.payment_method = method.id;
  const { authenticate, decline, isKept } = world.behaviours.get(method.id)!;
  if (decline && isKept === false) {
    const error = { type: 'card_error', message: 'Your card was declined.', ...decline } as const;
    intent.status = 'requires_payment_method';
    intent.last_setup_error = { ...error, payment_method: structuredClone(method) };
    tell(world, 'setup_intent.setup_failed', intent);
    throw new ApiError(402, { ...error, setup_intent: intent }, true);
  }
  if (authenticate === undefined) return completeSetup(world, intent, method);
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { return_url: returnUrl ?? null, url: `https://hooks.stripe.test/3d_secure/${intent.id}` },
  };
  return tell(world, 'setup_intent.requires_action', intent);
};

/** The method is kept; its owner has confirmed it. */
export const completeSetup = (world: World, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): void => {
  world.confirmed.add(method.id);
  if (intent.customer !== null) keep(world, method, intent.customer as string);
  intent.status = 'succeeded';
  intent.next_action = null;
  tell(world, 'setup_intent.succeeded', intent);
};

export const authenticateSetup = (world: World, id: string, isConfirmed: boolean): Stripe.SetupIntent => {
  const intent = world.setupIntents.get(id);
  if (intent.status !== 'requires_action') return invalid(`This SetupIntent's status is ${intent.status}.`);
  if (isConfirmed) {
    completeSetup(world, intent, world.paymentMethods.get(intent.payment_method as string));
    return intent;
  }
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_setup_error = {
    type: 'invalid_request_error',
    code: 'setup_intent_authentication_failure',
    message: 'The latest attempt to set up the payment method has failed because authentication failed.',
  };
  tell(world, 'setup_intent.setup_failed', intent);
  return intent;
};

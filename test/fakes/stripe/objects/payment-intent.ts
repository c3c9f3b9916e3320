import type Stripe from 'stripe';
import { ApiError, invalid } from '../api-error.js';
import { chargedOf } from '../amounts.js';
import { tell } from '../events.js';
import { isTrue, listOf, metadataOf, partOf, textOf, type Params } from '../params.js';
import type { Decline } from '../test-tokens.js';
import type { World } from '../world.js';
import { charge, disputeAtOnce, settle } from './charge.js';
import { keep, methodOf } from './payment-method.js';

const DAY = 86_400;

export const createPaymentIntent = (world: World, params: Params): Stripe.PaymentIntent => {
  const { amount, currency } = chargedOf(params);
  const customer = textOf(params, 'customer');
  if (customer !== undefined) world.customers.get(customer, 'customer');
  const types = listOf(params, 'allowed_payment_method_types');
  const isConfirmed = isTrue(params, 'confirm');
  if (!isConfirmed && params['off_session'] !== undefined) {
    invalid('off_session can only be used with confirm.', undefined, 'off_session');
  }
  const named = textOf(params, 'payment_method');
  const method = named === undefined ? null : usable(world, named, customer ?? null);
  checkSuffix(textOf(params, 'statement_descriptor_suffix'));
  const id = world.id('pi');
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: types.length > 0 ? null : { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_double`,
    confirmation_method: 'automatic',
    created: world.clock.now(),
    currency,
    customer: customer ?? null,
    customer_account: null,
    description: textOf(params, 'description') ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: metadataOf(params),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: types.length > 0 ? [...types] : ['card', 'sepa_debit'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: textOf(params, 'setup_future_usage') ?? null,
    shipping: null,
    source: null,
    statement_descriptor: textOf(params, 'statement_descriptor') ?? null,
    statement_descriptor_suffix: textOf(params, 'statement_descriptor_suffix') ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: null,
  };
  world.paymentIntents.add(intent);
  tell(world, 'payment_intent.created', intent);
  if (isConfirmed) confirm(world, intent, { method, ...confirmationOf(params) });
  return intent;
};

const checkSuffix = (suffix: string | undefined): void => {
  if (suffix === undefined) return;
  if (suffix.length > 22 || /[<>\\'"*]/u.test(suffix) || !/[A-Za-z]/u.test(suffix)) {
    invalid('The statement descriptor suffix is invalid.', undefined, 'statement_descriptor_suffix');
  }
};

interface Confirmation {
  readonly method: Stripe.PaymentMethod | null;
  readonly isOffSession: boolean;
  readonly returnUrl: string | undefined;
}

const confirmationOf = (params: Params): Omit<Confirmation, 'method'> => {
  const returnUrl = textOf(params, 'return_url');
  const isOffSession = params['off_session'] !== undefined && params['off_session'] !== 'false';
  const { allow_redirects } = partOf(params, 'automatic_payment_methods');
  if (returnUrl === undefined && allow_redirects !== 'never' && params['allowed_payment_method_types'] === undefined) {
    invalid('A return_url must be specified, as the payment methods may redirect.', undefined, 'return_url');
  }
  return { isOffSession, returnUrl };
};

/** One that belongs to nobody, or to the customer. */
const usable = (world: World, named: string, customer: string | null): Stripe.PaymentMethod => {
  const method = methodOf(world, named, 'payment_method');
  if (world.detached.has(method.id)) {
    invalid(
      'The provided PaymentMethod was detached from its customer and may not be used again.',
      'payment_method_unexpected_state',
      'payment_method',
    );
  }
  if (method.customer !== null && method.customer !== customer) {
    invalid('The PaymentMethod belongs to a customer, who is to be named as well.', undefined, 'payment_method');
  }
  return method;
};

export const confirmPaymentIntent = (world: World, id: string, params: Params): Stripe.PaymentIntent => {
  const intent = world.paymentIntents.get(id);
  const named = textOf(params, 'payment_method') ?? (intent.payment_method as string | null);
  const method = named === null ? null : usable(world, named, intent.customer as string | null);
  confirm(world, intent, { method, ...confirmationOf(params) });
  return intent;
};

export const confirm = (
  world: World,
  intent: Stripe.PaymentIntent,
  { method, isOffSession, returnUrl }: Confirmation,
): void => {
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation') {
    invalid(`This PaymentIntent's status is ${intent.status}.`, 'payment_intent_unexpected_state');
  }
  if (!method) return invalid('A payment method is missing.', 'payment_intent_incompatible_payment_method');
  intent.payment_method = method.id;
  const { decline, authenticate, settles } = world.behaviours.get(method.id)!;
  const mustAsk = authenticate === 'always' || (authenticate === 'once' && !world.confirmed.has(method.id));
  if (decline) return fail(world, intent, method, decline);
  if (mustAsk && isOffSession) {
    const needed = { code: 'authentication_required', decline_code: 'authentication_required' };
    return fail(world, intent, method, needed);
  }
  if (mustAsk) {
    intent.status = 'requires_action';
    intent.next_action = {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: returnUrl ?? null, url: `https://hooks.stripe.test/3d_secure/${intent.id}` },
    };
    return tell(world, 'payment_intent.requires_action', intent);
  }
  return settles ? debit(world, intent, method, settles) : succeed(world, intent, method);
};

const succeed = (world: World, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void => {
  const made = charge(world, intent, method, 'succeeded');
  intent.latest_charge = made.id;
  finish(world, intent, method);
  disputeAtOnce(world, made);
};

const finish = (world: World, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void => {
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.next_action = null;
  intent.last_payment_error = null;
  if (intent.setup_future_usage !== null && intent.customer !== null) keep(world, method, intent.customer as string);
  tell(world, 'payment_intent.succeeded', intent);
};

/** A debit is on its way for days. */
const debit = (
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { days, decline }: { readonly days: number; readonly decline?: Decline },
): void => {
  const made = charge(world, intent, method, 'pending');
  intent.latest_charge = made.id;
  intent.status = 'processing';
  tell(world, 'payment_intent.processing', intent);
  world.clock.after(days * DAY, () => {
    if (!decline) {
      settle(world, made);
      return finish(world, intent, method);
    }
    made.status = 'failed';
    made.failure_code = decline.code;
    tell(world, 'charge.failed', made);
    return blame(world, intent, method, decline, made);
  });
};

/** @throws ApiError 402, whose answer is kept */
const fail = (world: World, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, decline: Decline): never => {
  const made = charge(world, intent, method, decline);
  intent.latest_charge = made.id;
  blame(world, intent, method, decline, made);
  const error = { type: 'card_error', message: 'Your card was declined.', ...decline } as const;
  throw new ApiError(402, { ...error, charge: made.id, payment_intent: intent, payment_method: method }, true);
};

const blame = (
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  made: Stripe.Charge | null,
): void => {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = {
    type: 'card_error',
    message: 'Your card was declined.',
    ...decline,
    ...(made ? { charge: made.id } : {}),
    payment_method: structuredClone(method),
  };
  tell(world, 'payment_intent.payment_failed', intent);
};

/** The customer confirms at the bank, or does not. */
export const authenticate = (world: World, id: string, isConfirmed: boolean): Stripe.PaymentIntent => {
  const intent = world.paymentIntents.get(id);
  if (intent.status !== 'requires_action') return invalid(`This PaymentIntent's status is ${intent.status}.`);
  const method = world.paymentMethods.get(intent.payment_method as string);
  if (isConfirmed) {
    world.confirmed.add(method.id);
    succeed(world, intent, method);
  } else {
    blame(world, intent, method, { code: 'payment_intent_authentication_failure' }, null);
  }
  return intent;
};

export const cancelPaymentIntent = (world: World, id: string, params: Params): Stripe.PaymentIntent => {
  const intent = world.paymentIntents.get(id);
  if (['processing', 'succeeded', 'canceled'].includes(intent.status)) {
    return invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      'payment_intent_unexpected_state',
    );
  }
  intent.status = 'canceled';
  intent.canceled_at = world.clock.now();
  intent.cancellation_reason = textOf(params, 'cancellation_reason') ?? null;
  intent.next_action = null;
  tell(world, 'payment_intent.canceled', intent);
  return intent;
};

import type Stripe from 'stripe';
import { ApiError, invalid } from '../api-error.js';
import { checkAmount } from '../amounts.js';
import { tell } from '../events.js';
import { integerOf, metadataOf, neededText, partOf, textOf, type Params } from '../params.js';
import type { World } from '../world.js';
import { confirm, createPaymentIntent } from './payment-intent.js';
import { methodOf } from './payment-method.js';
import { completeSetup, createSetupIntent } from './setup-intent.js';

const HALF_HOUR = 1_800;
const DAY = 86_400;

interface Price {
  readonly amount: number;
  readonly currency: string;
}

/** What is put on the intent once the customer pays. */
const dataOf = new WeakMap<Stripe.Checkout.Session, Params>();

const priceOf = (params: Params): Price => {
  const items = params['line_items'];
  if (!Array.isArray(items) || items.length === 0)
    return invalid('line_items is required.', 'parameter_missing', 'line_items');
  const prices = (items as readonly Params[]).map((item) => {
    const data = partOf(item, 'price_data');
    neededText(partOf(data, 'product_data'), 'name');
    const unit =
      integerOf(data, 'unit_amount') ?? invalid('unit_amount is required.', 'parameter_missing', 'unit_amount');
    return { amount: unit * (integerOf(item, 'quantity') ?? 1), currency: neededText(data, 'currency') };
  });
  const { currency } = prices[0]!;
  if (prices.some((price) => price.currency !== currency)) invalid('All prices must have the same currency.');
  const price = { amount: prices.reduce((total, { amount }) => total + amount, 0), currency };
  checkAmount(price);
  return price;
};

export const createSession = (world: World, params: Params): Stripe.Checkout.Session => {
  const mode = neededText(params, 'mode');
  if (mode !== 'payment' && mode !== 'setup') return invalid(`Invalid mode: ${mode}`, undefined, 'mode');
  const price = mode === 'payment' ? priceOf(params) : null;
  if (!price) neededText(params, 'currency');
  const customer = textOf(params, 'customer');
  if (customer !== undefined) world.customers.get(customer, 'customer');
  const created = world.clock.now();
  const expires_at = integerOf(params, 'expires_at') ?? created + DAY;
  if (expires_at < created + HALF_HOUR || expires_at > created + DAY) {
    invalid('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.', undefined, 'expires_at');
  }
  const id = world.id('cs');
  const setup =
    mode === 'setup'
      ? createSetupIntent(world, {
          ...(customer === undefined ? {} : { customer }),
          ...partOf(params, 'setup_intent_data'),
        })
      : null;
  const session: Stripe.Checkout.Session = {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: price?.amount ?? null,
    amount_total: price?.amount ?? null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: textOf(params, 'cancel_url') ?? null,
    client_reference_id: textOf(params, 'client_reference_id') ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency: price?.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: customer ?? null,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: metadataOf(params),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card', 'sepa_debit'],
    payment_status: mode === 'payment' ? 'unpaid' : 'no_payment_required',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: setup?.id ?? null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: neededText(params, 'success_url'),
    total_details: null,
    ui_mode: 'hosted_page',
    url: `https://checkout.stripe.test/c/pay/${id}`,
    wallet_options: null,
  };
  world.sessions.add(session);
  dataOf.set(session, partOf(params, 'payment_intent_data'));
  world.clock.after(expires_at - created, () => {
    if (session.status === 'open') expire(world, session);
  });
  return session;
};

const expire = (world: World, session: Stripe.Checkout.Session): void => {
  session.status = 'expired';
  session.url = null;
  tell(world, 'checkout.session.expired', session);
};

export const expireSession = (world: World, id: string): Stripe.Checkout.Session => {
  const session = world.sessions.get(id);
  if (session.status !== 'open') return invalid('Only Checkout Sessions with a status of open can be expired.');
  expire(world, session);
  return session;
};

/** The customer leaves a method at the page, and pays by it; after one that is declined the page stays open. */
export const completeSession = (world: World, id: string, token: string): Stripe.Checkout.Session => {
  const session = world.sessions.get(id);
  if (session.status !== 'open') return invalid(`This session is ${session.status}.`);
  const method = methodOf(world, token, 'payment_method');
  if (session.mode === 'setup') {
    completeSetup(world, setUp(world, session, method), method);
  } else if (!pay(world, session, method)) {
    return session;
  }
  session.status = 'complete';
  session.url = null;
  tell(world, 'checkout.session.completed', session);
  return session;
};

const setUp = (world: World, session: Stripe.Checkout.Session, method: Stripe.PaymentMethod): Stripe.SetupIntent => {
  const intent = world.setupIntents.get(session.setup_intent as string);
  intent.payment_method = method.id;
  return intent;
};

/** The intent is made when the customer pays for the first time, and stays the same. */
const pay = (world: World, session: Stripe.Checkout.Session, method: Stripe.PaymentMethod): boolean => {
  const data = dataOf.get(session)!;
  const intent =
    session.payment_intent === null
      ? createPaymentIntent(world, {
          amount: String(session.amount_total),
          currency: session.currency!,
          ...(session.customer === null ? {} : { customer: session.customer as string }),
          ...data,
        })
      : world.paymentIntents.get(session.payment_intent as string);
  session.payment_intent = intent.id;
  // Whoever is at the page confirms there.
  world.confirmed.add(method.id);
  try {
    confirm(world, intent, { method, isOffSession: false, returnUrl: undefined });
  } catch (error) {
    if (error instanceof ApiError && error.status === 402) return false;
    throw error;
  }
  if (intent.status === 'succeeded') session.payment_status = 'paid';
  return true;
};

import type Stripe from 'stripe';
import { ApiError, invalid, missing } from '../api-error.js';
import { tell } from '../events.js';
import { metadataOf, neededText, partOf, textOf, type Params } from '../params.js';
import { BEHAVIOURS, FAILING_IBANS, TEST_CARDS, type Behaviour } from '../test-tokens.js';
import type { World } from '../world.js';

type Details = Pick<Stripe.PaymentMethod, 'card' | 'sepa_debit'> & { readonly type: 'card' | 'sepa_debit' };

const make = (world: World, details: Details, params: Params, behaviour: Behaviour): Stripe.PaymentMethod => {
  const billing = partOf(params, 'billing_details');
  const method: Stripe.PaymentMethod = {
    id: world.id('pm'),
    object: 'payment_method',
    billing_details: {
      address: null,
      email: textOf(billing, 'email') ?? null,
      name: textOf(billing, 'name') ?? null,
      phone: null,
      tax_id: null,
    },
    created: world.clock.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: metadataOf(params),
    ...details,
  };
  world.paymentMethods.add(method);
  world.behaviours.set(method.id, behaviour);
  return method;
};

const cardOf = (world: World, brand: string, last4: string): Stripe.PaymentMethod.Card => ({
  brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  display_brand: brand,
  exp_month: 8,
  exp_year: new Date(world.clock.now() * 1_000).getUTCFullYear() + 3,
  fingerprint: `fp${brand}${last4}`,
  funding: 'credit',
  generated_from: null,
  last4,
  networks: { available: [brand], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
});

/** A new method, as `pm_card_visa` is each time it is named. */
export const methodOf = (world: World, named: string, param: string): Stripe.PaymentMethod => {
  const { [named]: test } = TEST_CARDS;
  if (!test) return world.paymentMethods.get(named, param);
  return make(world, { type: 'card', card: cardOf(world, test.brand, test.last4) }, {}, test.behaviour);
};

export const createPaymentMethod = (world: World, params: Params): Stripe.PaymentMethod => {
  const type = neededText(params, 'type');
  if (type === 'card') {
    const token = neededText(partOf(params, 'card'), 'token').replace(/^tok_/u, 'pm_card_');
    const { [token]: test } = TEST_CARDS;
    if (!test) return invalid(`No such token: '${token}'`, 'resource_missing', 'card[token]');
    return make(world, { type: 'card', card: cardOf(world, test.brand, test.last4) }, params, test.behaviour);
  }
  if (type !== 'sepa_debit') return invalid(`Invalid type: ${type}`, undefined, 'type');
  const iban = neededText(partOf(params, 'sepa_debit'), 'iban').replaceAll(' ', '');
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/u.test(iban))
    return invalid('Invalid IBAN.', 'invalid_bank_account_iban', 'iban');
  const debit: Stripe.PaymentMethod.SepaDebit = {
    bank_code: iban.slice(4, 12),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: `fpsepa${iban.slice(-8)}`,
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
  const behaviour = FAILING_IBANS.has(iban) ? BEHAVIOURS.debit_fails : BEHAVIOURS.debit;
  return make(world, { type: 'sepa_debit', sepa_debit: debit }, params, behaviour);
};

export const attach = (world: World, id: string, params: Params): Stripe.PaymentMethod => {
  const customer = world.customers.get(neededText(params, 'customer'), 'customer');
  const method = TEST_CARDS[id] ? methodOf(world, id, 'id') : world.paymentMethods.get(id);
  keep(world, method, customer.id);
  return method;
};

/** A card that is declined from the first cannot be kept, and one that was taken off is gone for good. */
export const keep = (world: World, method: Stripe.PaymentMethod, customer: string): void => {
  if (method.customer === customer) return;
  if (method.customer !== null) invalid('The payment method is already attached to a customer.', undefined, 'customer');
  if (world.detached.has(method.id)) {
    invalid('This PaymentMethod was previously used and may not be used again.', 'payment_method_unexpected_state');
  }
  const { isKept = true, decline } = world.behaviours.get(method.id)!;
  if (!isKept && decline) {
    throw new ApiError(402, { type: 'card_error', message: 'Your card was declined.', ...decline }, true);
  }
  method.customer = customer;
  tell(world, 'payment_method.attached', method);
};

export const detach = (world: World, id: string): Stripe.PaymentMethod => {
  const method = world.paymentMethods.get(id);
  if (method.customer === null) {
    return invalid('The payment method you provided is not attached to a customer.', 'payment_method_unexpected_state');
  }
  method.customer = null;
  world.detached.add(id);
  tell(world, 'payment_method.detached', method);
  return method;
};

export const methodsOf = (world: World, params: Params): ((method: Stripe.PaymentMethod) => boolean) => {
  const customer = neededText(params, 'customer');
  if (!world.customers.find(customer)) return missing('customer', customer, 'customer', 400);
  const type = textOf(params, 'type');
  return (method) => method.customer === customer && (type === undefined || method.type === type);
};

import type Stripe from 'stripe';
import { tell } from '../events.js';
import type { Decline } from '../test-tokens.js';
import type { World } from '../world.js';
import { openDispute } from './dispute.js';
import { book, feeOf } from './movement.js';

/** A try to take what an intent is of, by its method. */
export const charge = (
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  came: 'succeeded' | 'pending' | Decline,
): Stripe.Charge => {
  const decline = typeof came === 'string' ? undefined : came;
  const made: Stripe.Charge = {
    id: world.id(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: came === 'succeeded' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? 'DOUBLE',
    captured: decline === undefined,
    created: world.clock.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline ? 'Your card was declined.' : null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: came === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: method.type },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : came === 'pending' ? 'pending' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  world.charges.add(made);
  if (came === 'succeeded') settle(world, made);
  if (came === 'pending') tell(world, 'charge.pending', made);
  if (decline) tell(world, 'charge.failed', made);
  return made;
};

/** The money is there. */
export const settle = (world: World, made: Stripe.Charge): void => {
  made.status = 'succeeded';
  made.paid = true;
  made.amount_captured = made.amount;
  const { id } = book(world, {
    type: made.id.startsWith('py_') ? 'payment' : 'charge',
    amount: made.amount,
    currency: made.currency,
    fee: feeOf(made.amount),
    source: made.id,
  });
  made.balance_transaction = id;
  tell(world, 'charge.succeeded', made);
};

/** Card networks that take it back at once; the customer's bank says so after the payment is told. */
export const disputeAtOnce = (world: World, made: Stripe.Charge): void => {
  const { dispute } = world.behaviours.get(made.payment_method!) ?? {};
  if (dispute) openDispute(world, made, { ...dispute, amount: made.amount });
};

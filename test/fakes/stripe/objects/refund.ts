import type Stripe from 'stripe';
import { invalid } from '../api-error.js';
import { tell } from '../events.js';
import { integerOf, metadataOf, textOf, type Params } from '../params.js';
import type { World } from '../world.js';
import { book } from './movement.js';

const DAY = 86_400;

const chargeOf = (world: World, params: Params): Stripe.Charge => {
  const intent = textOf(params, 'payment_intent');
  const charge = textOf(params, 'charge');
  if (intent === undefined && charge === undefined) {
    return invalid('One of the following params should be provided: payment_intent, charge.', 'parameter_missing');
  }
  if (charge !== undefined) return world.charges.get(charge, 'charge');
  const latest = world.paymentIntents.get(intent!, 'payment_intent').latest_charge as string | null;
  if (latest === null) {
    return invalid(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, 'resource_missing');
  }
  return world.charges.get(latest, 'charge');
};

export const createRefund = (world: World, params: Params): Stripe.Refund => {
  const charge = chargeOf(world, params);
  if (charge.status !== 'succeeded') {
    return invalid('This charge did not succeed.', 'charge_not_refundable', 'charge');
  }
  const rest = charge.amount - charge.amount_refunded;
  if (rest === 0) return invalid(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if (world.disputes.all().some((dispute) => dispute.charge === charge.id && !dispute.is_charge_refundable)) {
    return invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
  }
  const amount = integerOf(params, 'amount') ?? rest;
  if (amount < 1) return invalid('Refund amount must be positive.', 'parameter_invalid_integer', 'amount');
  if (amount > rest) {
    return invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${rest}).`,
      undefined,
      'amount',
    );
  }
  const { refund: becomes, settles } = world.behaviours.get(charge.payment_method!) ?? {};
  const isPending = becomes === 'pending' || settles !== undefined;
  const refund: Stripe.Refund = {
    id: world.id('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.clock.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: metadataOf(params),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: textOf(params, 'reason') ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  world.refunds.add(refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  refund.balance_transaction = book(world, {
    type: 'refund',
    amount: -amount,
    currency: charge.currency,
    source: refund.id,
  }).id;
  tell(world, 'refund.created', refund);
  tell(world, 'charge.refunded', charge);
  if (isPending) world.clock.after(5 * DAY, () => settleRefund(world, refund));
  if (becomes === 'fails') world.clock.after(3 * DAY, () => failRefund(world, refund, 'expired_or_canceled_card'));
  return refund;
};

const settleRefund = (world: World, refund: Stripe.Refund): void => {
  if (refund.status !== 'pending') return;
  refund.status = 'succeeded';
  tell(world, 'refund.updated', refund);
};

/** The bank sends the money back; the gateway has it again. */
export const failRefund = (world: World, refund: Stripe.Refund, reason: string): void => {
  if (refund.status !== 'pending' && refund.status !== 'succeeded') return;
  refund.status = 'failed';
  refund.failure_reason = reason;
  giveBack(world, refund);
  tell(world, 'refund.failed', refund);
  tell(world, 'charge.refund.updated', refund);
};

export const cancelRefund = (world: World, id: string): Stripe.Refund => {
  const refund = world.refunds.get(id);
  if (refund.status !== 'pending') return invalid(`A refund that is ${refund.status} cannot be canceled.`);
  refund.status = 'canceled';
  giveBack(world, refund);
  tell(world, 'refund.updated', refund);
  return refund;
};

const giveBack = (world: World, refund: Stripe.Refund): void => {
  const charge = world.charges.get(refund.charge as string);
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  refund.failure_balance_transaction = book(world, {
    type: 'refund_failure',
    amount: refund.amount,
    currency: refund.currency,
    source: refund.id,
  }).id;
};

import type Stripe from 'stripe';
import { invalid } from '../api-error.js';
import { tell } from '../events.js';
import type { World } from '../world.js';
import { available, book } from './movement.js';

const DAY = 86_400;

/** Pays out what there is of a currency; it is at the bank two days later, or is not. */
export const payOut = (world: World, currency: string, isFailing: boolean): Stripe.Payout => {
  const amount = available(world, currency);
  if (amount <= 0) return invalid('There is nothing to pay out.', 'balance_insufficient');
  const created = world.clock.now();
  const payout: Stripe.Payout = {
    id: world.id('po'),
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: created + 2 * DAY,
    automatic: true,
    balance_transaction: null,
    created,
    currency,
    description: 'STRIPE PAYOUT',
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
  };
  world.payouts.add(payout);
  payout.balance_transaction = book(world, { type: 'payout', amount: -amount, currency, source: payout.id }).id;
  tell(world, 'payout.created', payout);
  world.clock.after(2 * DAY, () => {
    payout.status = isFailing ? 'failed' : 'paid';
    if (!isFailing) return tell(world, 'payout.paid', payout);
    payout.failure_code = 'account_closed';
    const back = book(world, { type: 'payout_failure', amount, currency, source: payout.id });
    payout.failure_balance_transaction = back.id;
    return tell(world, 'payout.failed', payout);
  });
  return payout;
};

import type Stripe from 'stripe';
import type { World } from '../world.js';

const DAY = 86_400;

interface Booked {
  readonly type: Stripe.BalanceTransaction.Type;
  readonly amount: number;
  readonly currency: string;
  readonly fee?: number;
  readonly source: string;
  readonly category?: string;
}

/** What reports call it, where that is another word. */
const CATEGORIES: Readonly<Record<string, string>> = { payment: 'charge', payout_failure: 'payout_reversal' };

/** 2.9 % and 30 of the smallest unit. */
export const feeOf = (amount: number): number => Math.round((amount * 29) / 1_000) + 30;

/** Moves the balance; what comes in is there two days later. */
export const book = (
  world: World,
  { type, amount, currency, fee = 0, source, category = CATEGORIES[type] ?? type }: Booked,
): Stripe.BalanceTransaction => {
  const created = world.clock.now();
  return world.movements.add({
    id: world.id('txn'),
    object: 'balance_transaction',
    amount,
    available_on: type === 'charge' || type === 'payment' ? created + 2 * DAY : created,
    balance_type: 'payments',
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: category,
    source,
    status: 'pending',
    type,
  });
};

/** What can be paid out of a currency. */
export const available = (world: World, currency: string): number =>
  world.movements
    .all()
    .filter((moved) => moved.currency === currency && moved.available_on <= world.clock.now())
    .reduce((total, { net }) => total + net, 0);

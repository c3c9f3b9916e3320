import type Stripe from 'stripe';
import { dayOfMonthAfter, instantOfSeconds, money, parseLocalDate, sum, type LocalDate, type Money } from '#kernel';
import type { BalanceKind, BalanceMovement, PayoutReading } from '../changes.js';
import type { DisputeReading, DisputeStatus } from '../dispute.js';
import { readMetadata } from '../metadata.js';
import type { MethodReading, SetupReading } from '../method.js';
import type { RefundOutcome, RefundReading } from '../refund.js';
import { idOf } from './attempts.js';
import { moneyOfStripe } from './currencies.js';

export const refundOf = (refund: Stripe.Refund): RefundReading => ({
  reference: refund.id,
  outcome: refundOutcomeOf(refund),
  amount: moneyOfStripe(refund.amount, refund.currency),
  attemptRef: idOf(refund.payment_intent),
  metadata: readMetadata(refund.metadata),
  createdAt: instantOfSeconds(refund.created),
});

const refundOutcomeOf = ({ status, failure_reason }: Stripe.Refund): RefundOutcome => {
  switch (status) {
    case 'pending':
    case 'succeeded':
    case 'canceled':
      return { status };
    case 'requires_action':
      return { status: 'action_required' };
    case 'failed':
      return { status, code: failure_reason ?? 'unknown' };
    default:
      return { status: 'unknown', code: `status_${status}`, resolve: 'look_up' };
  }
};

const DISPUTE_STATUSES: Readonly<Record<string, DisputeStatus>> = {
  warning_needs_response: 'warning',
  warning_under_review: 'warning',
  warning_closed: 'warning_closed',
  // It was settled before it became one.
  prevented: 'warning_closed',
  needs_response: 'needs_response',
  appeal_needs_response: 'needs_response',
  under_review: 'under_review',
  appeal_under_review: 'under_review',
  won: 'won',
  lost: 'lost',
};

export const disputeOf = (dispute: Stripe.Dispute): DisputeReading => {
  const moved = dispute.balance_transactions.map(({ amount, currency }) => moneyOfStripe(amount, currency));
  return {
    reference: dispute.id,
    attemptRef: idOf(dispute.payment_intent),
    status: DISPUTE_STATUSES[dispute.status] ?? 'unknown',
    amount: moneyOfStripe(dispute.amount, dispute.currency),
    reason: dispute.reason,
    evidenceDueBy: dispute.evidence_details.due_by === null ? null : instantOfSeconds(dispute.evidence_details.due_by),
    withdrawn: totalOf(moved.filter(({ minor }) => minor < 0n)),
    reinstated: totalOf(moved.filter(({ minor }) => minor > 0n)),
    createdAt: instantOfSeconds(dispute.created),
  };
};

const totalOf = (amounts: readonly Money[]): Money | null => {
  const [first] = amounts;
  if (!first) return null;
  const { minor, currency } = sum(amounts, first.currency);
  return money(minor < 0n ? -minor : minor, currency);
};

export const methodReadingOf = (method: Stripe.PaymentMethod): MethodReading => {
  const { card, sepa_debit, us_bank_account } = method;
  const bank = sepa_debit ?? us_bank_account;
  return {
    reference: method.id,
    customerRef: idOf(method.customer),
    kind: method.type,
    fingerprint: (card ?? bank)?.fingerprint ?? null,
    expiresOn: card ? lastDayOf(card.exp_year, card.exp_month) : null,
    brand: card?.brand ?? us_bank_account?.bank_name ?? sepa_debit?.bank_code ?? null,
    last4: (card ?? bank)?.last4 ?? null,
    holder: method.billing_details.name,
  };
};

const lastDayOf = (year: number, month: number): LocalDate =>
  dayOfMonthAfter(parseLocalDate(`${year}-${String(month).padStart(2, '0')}-01`), 0, 31);

/** With `setup_intent` expanded. */
export const setupOf = (session: Stripe.Checkout.Session): SetupReading => {
  const intent = session.setup_intent as Stripe.SetupIntent | null;
  const isDone = intent?.status === 'succeeded';
  return {
    reference: session.id,
    status:
      session.status === 'open'
        ? 'open'
        : session.status === 'expired'
          ? 'expired'
          : isDone
            ? 'completed'
            : 'processing',
    url: session.url,
    customerRef: idOf(session.customer),
    methodRef: isDone ? idOf(intent.payment_method) : null,
    metadata: readMetadata(session.metadata),
  };
};

const BALANCE_KINDS: Readonly<Record<string, BalanceKind>> = {
  charge: 'charge',
  refund: 'refund',
  refund_failure: 'refund_failure',
  dispute: 'dispute',
  dispute_reversal: 'dispute_reversal',
  fee: 'fee',
  payout: 'payout',
  payout_reversal: 'payout_failure',
};

export const movementOf = (moved: Stripe.BalanceTransaction): BalanceMovement => ({
  reference: moved.id,
  kind: BALANCE_KINDS[moved.reporting_category] ?? 'other',
  amount: moneyOfStripe(moved.amount, moved.currency),
  fee: moneyOfStripe(moved.fee, moved.currency),
  net: moneyOfStripe(moved.net, moved.currency),
  sourceRef: idOf(moved.source),
  createdAt: instantOfSeconds(moved.created),
  availableAt: instantOfSeconds(moved.available_on),
});

const PAYOUT_STATUSES: Readonly<Record<string, PayoutReading['status']>> = {
  pending: 'pending',
  in_transit: 'in_transit',
  paid: 'paid',
  failed: 'failed',
  canceled: 'canceled',
};

export const payoutOf = (payout: Stripe.Payout): PayoutReading => ({
  reference: payout.id,
  status: PAYOUT_STATUSES[payout.status] ?? 'unknown',
  amount: moneyOfStripe(payout.amount, payout.currency),
  arrivesAt: instantOfSeconds(payout.arrival_date),
  createdAt: instantOfSeconds(payout.created),
});

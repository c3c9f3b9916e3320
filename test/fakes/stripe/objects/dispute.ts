import type Stripe from 'stripe';
import { tell } from '../events.js';
import { invalid } from '../api-error.js';
import type { World } from '../world.js';
import { book } from './movement.js';

const DAY = 86_400;
const FEE = 1_500;

interface Opened {
  readonly reason: string;
  readonly isInquiry: boolean;
  readonly amount: number;
}

/** The customer's bank takes a payment back; an inquiry moves no money. */
export const openDispute = (
  world: World,
  charge: Stripe.Charge,
  { reason, isInquiry, amount }: Opened,
): Stripe.Dispute => {
  const created = world.clock.now();
  const dispute: Stripe.Dispute = {
    id: world.id('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: created + 7 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_applicable',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
  world.disputes.add(dispute);
  charge.disputed = true;
  tell(world, 'charge.dispute.created', dispute);
  if (!isInquiry) {
    dispute.balance_transactions.push(
      book(world, {
        type: 'adjustment',
        category: 'dispute',
        amount: -amount,
        currency: charge.currency,
        fee: FEE,
        source: dispute.id,
      }),
    );
    tell(world, 'charge.dispute.funds_withdrawn', dispute);
  }
  return dispute;
};

/** The bank decides; what was won comes back, its fee as well. */
export const closeDispute = (world: World, id: string, outcome: 'won' | 'lost'): Stripe.Dispute => {
  const dispute = world.disputes.get(id);
  if (['won', 'lost', 'warning_closed'].includes(dispute.status)) invalid('This dispute is already closed.');
  const isInquiry = dispute.status.startsWith('warning');
  dispute.status = isInquiry ? 'warning_closed' : outcome;
  if (!isInquiry && outcome === 'won') {
    dispute.balance_transactions.push(
      book(world, {
        type: 'adjustment',
        category: 'dispute_reversal',
        amount: dispute.amount,
        currency: dispute.currency,
        fee: -FEE,
        source: dispute.id,
      }),
    );
    tell(world, 'charge.dispute.funds_reinstated', dispute);
  }
  tell(world, 'charge.dispute.closed', dispute);
  return dispute;
};

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
  enhanced_evidence: {},
};

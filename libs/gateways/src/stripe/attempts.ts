import type Stripe from 'stripe';
import { instantOfSeconds } from '#kernel';
import type { AttemptReading } from '../attempt.js';
import { readMetadata } from '../metadata.js';
import type { ActionKind, Outcome } from '../outcome.js';
import { moneyOfStripe } from './currencies.js';
import { failureOf } from './failures.js';

/** Says of an intent that it is of a page, where the customer may try again: what the intent says is not the last word. */
export const OF_A_PAGE = 'of_a_page';

export const idOf = (of: string | { readonly id: string } | null): string | null =>
  of === null || typeof of === 'string' ? of : of.id;

/** With `latest_charge` expanded. */
export const attemptOfIntent = (intent: Stripe.PaymentIntent): AttemptReading => ({
  reference: intent.id,
  outcome: outcomeOf(intent),
  amount: moneyOfStripe(intent.amount, intent.currency),
  customerRef: idOf(intent.customer),
  methodRef: methodOf(intent),
  metadata: readMetadata(intent.metadata),
  createdAt: instantOfSeconds(intent.created),
});

/** An intent whose payment failed has no method any more: the failure names it. */
const methodOf = ({ payment_method, last_payment_error }: Stripe.PaymentIntent): string | null =>
  idOf(payment_method) ?? last_payment_error?.payment_method?.id ?? null;

/** With `payment_intent.latest_charge` expanded. */
export const attemptOfSession = (session: Stripe.Checkout.Session): AttemptReading => {
  const intent = session.payment_intent as Stripe.PaymentIntent | null;
  return {
    reference: session.id,
    outcome: outcomeOfSession(session, intent),
    amount: moneyOfStripe(session.amount_total ?? 0, session.currency ?? 'usd'),
    customerRef: idOf(session.customer),
    methodRef: intent && methodOf(intent),
    metadata: readMetadata(session.metadata),
    createdAt: instantOfSeconds(session.created),
  };
};

const outcomeOfSession = (session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): Outcome => {
  // Money that is there counts, whatever the page says.
  if (intent?.status === 'succeeded') return outcomeOf(intent);
  if (session.status === 'expired') return { status: 'canceled', reason: 'expired' };
  if (session.status === 'complete' && intent) return outcomeOf(intent);
  if (session.status !== 'open') return notKnown(`session_${session.status}`);
  const expiresAt = instantOfSeconds(session.expires_at);
  return { status: 'action_required', kind: 'page', url: session.url, expiresAt };
};

const outcomeOf = (intent: Stripe.PaymentIntent): Outcome => {
  switch (intent.status) {
    case 'succeeded': {
      const charge = intent.latest_charge;
      return {
        status: 'succeeded',
        received: moneyOfStripe(intent.amount_received, intent.currency),
        chargeRef: idOf(charge),
        succeededAt: charge === null || typeof charge === 'string' ? null : instantOfSeconds(charge.created),
      };
    }
    case 'processing':
      return { status: 'processing', expectedBy: null };
    case 'requires_action':
      return actionOf(intent.next_action);
    case 'canceled':
      return { status: 'canceled', reason: intent.cancellation_reason };
    case 'requires_payment_method': {
      const { last_payment_error: error } = intent;
      if (!error) return notKnown(intent.status);
      return { status: 'failed', failure: failureOf(error, instantOfSeconds(intent.created)) };
    }
    default:
      return notKnown(intent.status);
  }
};

const KINDS: Readonly<Record<string, ActionKind>> = {
  redirect_to_url: '3ds',
  use_stripe_sdk: '3ds',
  verify_with_microdeposits: 'microdeposit',
};

const actionOf = (action: Stripe.PaymentIntent.NextAction | null): Outcome => ({
  status: 'action_required',
  kind: KINDS[action?.type ?? ''] ?? 'other',
  url: action?.redirect_to_url?.url ?? action?.verify_with_microdeposits?.hosted_verification_url ?? null,
  expiresAt: null,
});

/** A status that means nothing here, such as one that the API has since. */
const notKnown = (status: string): Outcome => ({ status: 'unknown', code: `status_${status}`, resolve: 'look_up' });

import { plusDuration, type Instant } from '#kernel';
import type { FailureCategory, PaymentFailure } from '../outcome.js';

/** What the API says of a failure, of an error or of an intent. */
export interface SaidFailure {
  readonly code?: string | null | undefined;
  readonly decline_code?: string | null | undefined;
  readonly advice_code?: string | null | undefined;
  readonly network_advice_code?: string | null | undefined;
  readonly network_decline_code?: string | null | undefined;
}

const CATEGORIES: Readonly<Record<Exclude<FailureCategory, 'soft'>, string>> = {
  hard: `account_closed account_invalid account_number_invalid bank_account_restricted bank_account_unusable billing_invalid_mandate
    card_not_supported currency_not_supported debit_not_authorized do_not_try_again expired_card expired_payment_method fraudulent
    incorrect_cvc incorrect_number india_recurring_payment_mandate_canceled invalid_account invalid_cvc invalid_expiry_month
    invalid_expiry_year invalid_number lost_card merchant_blacklist new_account_information_available no_account not_permitted
    payment_intent_mandate_invalid payment_method_bank_account_blocked payment_method_currency_mismatch payment_method_restricted
    payment_method_unactivated payment_method_unexpected_state payment_method_unsupported_type pickup_card restricted_card
    revocation_of_all_authorizations revocation_of_authorization security_violation sepa_unsupported_account service_not_allowed
    stolen_card stop_payment_order testmode_decline transaction_not_allowed`,
  authentication: `authentication_failure authentication_required payment_intent_authentication_failure
    three_d_secure_authentication_not_supported`,
  gateway: `forwarding_api_upstream_error issuer_not_available payment_method_not_available payment_method_provider_timeout
    processing_error reenter_transaction three_d_secure_authentication_upstream_error`,
  configuration: 'amount_too_large amount_too_small invalid_amount invalid_charge_amount request_blocked',
};

const categories: ReadonlyMap<string, FailureCategory> = new Map(
  Object.entries(CATEGORIES).flatMap(([category, codes]) =>
    codes
      .trim()
      .split(/\s+/u)
      .map((code) => [code, category as FailureCategory] as const),
  ),
);

/** Advice of a network that a card is not to be used again: new details are there, never, the customer forbids it, used up. */
const NEVER = new Set(['01', '03', '05', '06', '21', '41']);
/** Hours to wait by advice of a network. */
const HOURS: Readonly<Record<string, number>> = { 24: 1, 25: 24, 26: 48, 27: 96, 28: 144, 29: 192, 30: 240 };

/**
 * The strictest of what is said counts. A decline that nobody knows may be another one tomorrow: it is `soft`, and the number of tries is
 * limited elsewhere.
 */
export const failureOf = (said: SaidFailure, failedAt: Instant | null): PaymentFailure => {
  const { network_advice_code: advice } = said;
  const hours = advice ? HOURS[advice] : undefined;
  return {
    category: categoryOf(said),
    code: said.code || 'unknown_failure',
    ...(said.decline_code ? { declineCode: said.decline_code } : {}),
    ...(said.advice_code ? { adviceCode: said.advice_code } : {}),
    ...(said.network_decline_code ? { networkDeclineCode: said.network_decline_code } : {}),
    ...(advice ? { networkAdvice: advice } : {}),
    ...(hours === undefined || failedAt === null ? {} : { retryNotBefore: plusDuration(failedAt, { hours }) }),
  };
};

const categoryOf = ({ code, decline_code, advice_code, network_advice_code }: SaidFailure): FailureCategory => {
  const known = [decline_code, code].flatMap((said) => categories.get(said ?? '') ?? []);
  if (known.includes('hard')) return 'hard';
  if (network_advice_code && NEVER.has(network_advice_code)) return 'hard';
  if (advice_code === 'do_not_try_again' || advice_code === 'confirm_card_data') return 'hard';
  return known[0] ?? 'soft';
};

import type { TransferLabels } from './transfer-request.js';

/** What became of a request, by TigerBeetle's names (`CreateTransferStatus`). */
export type TransferOutcome =
  | 'created'
  | 'linked_event_failed'
  | 'linked_event_chain_open'
  | 'exists'
  | 'exists_with_different_flags'
  | 'exists_with_different_pending_id'
  | 'exists_with_different_timeout'
  | 'exists_with_different_debit_account_id'
  | 'exists_with_different_credit_account_id'
  | 'exists_with_different_amount'
  | `exists_with_different_${keyof TransferLabels}`
  | 'id_already_failed'
  | 'id_must_not_be_zero'
  | 'flags_are_mutually_exclusive'
  | 'debit_account_id_must_not_be_zero'
  | 'credit_account_id_must_not_be_zero'
  | 'accounts_must_be_different'
  | 'pending_id_must_be_zero'
  | 'pending_id_must_not_be_zero'
  | 'pending_id_must_be_different'
  | 'timeout_reserved_for_pending_transfer'
  | 'closing_transfer_must_be_pending'
  | 'debit_account_not_found'
  | 'credit_account_not_found'
  | 'accounts_must_have_the_same_ledger'
  | 'transfer_must_have_the_same_ledger_as_accounts'
  | 'pending_transfer_not_found'
  | 'pending_transfer_not_pending'
  | 'pending_transfer_has_different_debit_account_id'
  | 'pending_transfer_has_different_credit_account_id'
  | 'pending_transfer_has_different_ledger'
  | 'pending_transfer_has_different_code'
  | 'exceeds_pending_transfer_amount'
  | 'pending_transfer_has_different_amount'
  | 'pending_transfer_already_posted'
  | 'pending_transfer_already_voided'
  | 'pending_transfer_expired'
  | 'debit_account_already_closed'
  | 'credit_account_already_closed'
  | 'overflows_debits_pending'
  | 'overflows_credits_pending'
  | 'overflows_debits_posted'
  | 'overflows_credits_posted'
  | 'overflows_debits'
  | 'overflows_credits'
  | 'exceeds_credits'
  | 'exceeds_debits';

/**
 * Outcomes that depend on what is there at the moment. An id that failed so is used up: a retry must not slip in later, when the
 * caller has long acted on the failure.
 */
const TRANSIENT: ReadonlySet<TransferOutcome> = new Set([
  'debit_account_not_found',
  'credit_account_not_found',
  'pending_transfer_not_found',
  'exceeds_credits',
  'exceeds_debits',
  'debit_account_already_closed',
  'credit_account_already_closed',
]);

export const isTransient = (outcome: TransferOutcome): boolean => TRANSIENT.has(outcome);

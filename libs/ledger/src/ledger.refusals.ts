import type { Refusals } from '#kernel';

export const LEDGER_REFUSALS: Refusals = {
  accounts_must_be_different: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: accounts must be different.',
  closing_transfer_must_be_pending: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: closing transfer must be pending.',
  credit_account_already_closed: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: credit account already closed.',
  debit_account_already_closed: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: debit account already closed.',
  exceeds_credits: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exceeds credits.',
  exceeds_pending_transfer_amount: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exceeds pending transfer amount.',
  exists_with_different_amount: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exists with different amount.',
  exists_with_different_credit_account_id:
    'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exists with different credit account id.',
  exists_with_different_debit_account_id:
    'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exists with different debit account id.',
  exists_with_different_flags: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exists with different flags.',
  exists_with_different_timeout: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: exists with different timeout.',
  insufficient_funds: 'The sources do not have 2000 together.',
  linked_event_chain_open: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: linked event chain open.',
  more_than_one_remaining: 'Only one portion can be what the others leave.',
  pending_transfer_already_posted: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: pending transfer already posted.',
  pending_transfer_already_voided: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: pending transfer already voided.',
  pending_transfer_expired: 'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: pending transfer expired.',
  portions_below_one: 'The portions are less than the whole, and none is what is left.',
  portions_exceed_one: 'The portions are more than the whole.',
  timeout_reserved_for_pending_transfer:
    'Transfer tfr_01j9zq6e4hf0fvwpn5t5jzq3cd: timeout reserved for pending transfer.',
};

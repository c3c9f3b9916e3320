import type { Refusals } from '#kernel';

export const BANK_ACCOUNT_REFUSALS: Refusals = {
  bank_account_not_found: 'There is no bank account “bac_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  bank_entry_already_matched: 'The entry is matched already: unmatch it first.',
  bank_entry_ignored: 'The entry is ignored: unmatch it first.',
  bank_entry_not_found: 'There is no bank entry “bke_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  bank_entry_not_incoming: 'The entry is no money that came in.',
  bank_entry_not_matched: 'The entry is neither matched nor ignored.',
  bank_entry_split: 'The entry is told in its payments since: match these.',
  statement_of_another_account: 'Statement 2026-031 is of DE02120300000000202051, not of this account.',
};

import { type LedgerOverlay, type LimitedAccount } from './ledger-view.js';
import { AMOUNT_MAX, type TransferRequest } from './transfer-request.js';
import type { TransferOutcome } from './transfer-outcome.js';

const MICROSECONDS = 1_000_000n;

/** Creates a transfer that posts at once or is pending. Checks stand in TigerBeetle's order: the first that fails is the answer. */
export const createTransfer = (request: TransferRequest, ledger: LedgerOverlay, now: bigint): TransferOutcome => {
  const { id, debit, credit, flags, timeoutSeconds = 0 } = request;
  const pending = flags.includes('pending');
  const closing = flags.includes('closing_debit') || flags.includes('closing_credit');
  if (!debit) return 'debit_account_id_must_not_be_zero';
  if (!credit) return 'credit_account_id_must_not_be_zero';
  if (debit === credit) return 'accounts_must_be_different';
  if (request.pendingId !== undefined) return 'pending_id_must_be_zero';
  if (!pending && timeoutSeconds !== 0) return 'timeout_reserved_for_pending_transfer';
  if (!pending && closing) return 'closing_transfer_must_be_pending';
  const debited = ledger.account(debit);
  if (!debited) return 'debit_account_not_found';
  const credited = ledger.account(credit);
  if (!credited) return 'credit_account_not_found';
  if (debited.ledger !== credited.ledger) return 'accounts_must_have_the_same_ledger';
  if ((request.labels?.ledger ?? debited.ledger) !== debited.ledger)
    return 'transfer_must_have_the_same_ledger_as_accounts';
  if (debited.closed) return 'debit_account_already_closed';
  if (credited.closed) return 'credit_account_already_closed';
  const amount = balancedAmount(request, debited, credited);
  const refused = overflow(amount, pending, debited, credited) ?? limit(amount, debited, credited);
  if (refused) return refused;
  ledger.put(withDebit(debited, amount, pending, flags.includes('closing_debit')));
  ledger.put(withCredit(credited, amount, pending, flags.includes('closing_credit')));
  ledger.transfers.set(id, {
    id,
    debit,
    credit,
    amount,
    flags,
    pendingId: null,
    timeoutSeconds,
    expiresAt: timeoutSeconds === 0 ? null : now + BigInt(timeoutSeconds) * MICROSECONDS,
    status: pending ? 'pending' : null,
    labels: { ...request.labels, ledger: debited.ledger },
  });
  return 'created';
};

/** No more than what brings a side that balances level with the other; what is pending on its own side counts as gone. */
const balancedAmount = (
  { amount, flags }: TransferRequest,
  debited: LimitedAccount,
  credited: LimitedAccount,
): bigint => {
  let balanced = amount;
  if (flags.includes('balancing_debit'))
    balanced = lesser(balanced, debited.creditsPosted - debited.debitsPosted - debited.debitsPending);
  if (flags.includes('balancing_credit'))
    balanced = lesser(balanced, credited.debitsPosted - credited.creditsPosted - credited.creditsPending);
  return balanced;
};

const lesser = (amount: bigint, gap: bigint): bigint => (gap < 0n ? 0n : gap < amount ? gap : amount);

const overflow = (
  amount: bigint,
  pending: boolean,
  debited: LimitedAccount,
  credited: LimitedAccount,
): TransferOutcome | undefined => {
  if (pending && amount + debited.debitsPending > AMOUNT_MAX) return 'overflows_debits_pending';
  if (pending && amount + credited.creditsPending > AMOUNT_MAX) return 'overflows_credits_pending';
  if (amount + debited.debitsPosted > AMOUNT_MAX) return 'overflows_debits_posted';
  if (amount + credited.creditsPosted > AMOUNT_MAX) return 'overflows_credits_posted';
  if (amount + debited.debitsPending + debited.debitsPosted > AMOUNT_MAX) return 'overflows_debits';
  if (amount + credited.creditsPending + credited.creditsPosted > AMOUNT_MAX) return 'overflows_credits';
  return undefined;
};

/** Reserved amounts count against a limit, expected ones do not count for it: the cautious reading on both sides. */
const limit = (amount: bigint, debited: LimitedAccount, credited: LimitedAccount): TransferOutcome | undefined => {
  if (
    debited.limit === 'debits_must_not_exceed_credits' &&
    debited.debitsPending + debited.debitsPosted + amount > debited.creditsPosted
  )
    return 'exceeds_credits';
  if (
    credited.limit === 'credits_must_not_exceed_debits' &&
    credited.creditsPending + credited.creditsPosted + amount > credited.debitsPosted
  )
    return 'exceeds_debits';
  return undefined;
};

const withDebit = (account: LimitedAccount, amount: bigint, pending: boolean, closes: boolean): LimitedAccount => ({
  ...account,
  ...(pending ? { debitsPending: account.debitsPending + amount } : { debitsPosted: account.debitsPosted + amount }),
  closed: closes,
});

const withCredit = (account: LimitedAccount, amount: bigint, pending: boolean, closes: boolean): LimitedAccount => ({
  ...account,
  ...(pending
    ? { creditsPending: account.creditsPending + amount }
    : { creditsPosted: account.creditsPosted + amount }),
  closed: closes,
});

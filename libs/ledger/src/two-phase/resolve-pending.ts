import { isExpiring, type CreatedTransfer, type LedgerOverlay } from './ledger-view.js';
import { AMOUNT_MAX, type TransferFlag, type TransferRequest } from './transfer-request.js';
import type { TransferOutcome } from './transfer-outcome.js';

const EXCLUDED: readonly TransferFlag[] = [
  'pending',
  'balancing_debit',
  'balancing_credit',
  'closing_debit',
  'closing_credit',
];

/** Posts a pending transfer, whole or in part, or voids it. The part that is not posted is released. */
export const resolvePending = (request: TransferRequest, ledger: LedgerOverlay, now: bigint): TransferOutcome => {
  const { id, flags, pendingId } = request;
  const posting = flags.includes('post_pending');
  if (posting && flags.includes('void_pending')) return 'flags_are_mutually_exclusive';
  if (flags.some((flag) => EXCLUDED.includes(flag))) return 'flags_are_mutually_exclusive';
  if (!pendingId) return 'pending_id_must_not_be_zero';
  if (pendingId === id) return 'pending_id_must_be_different';
  if ((request.timeoutSeconds ?? 0) !== 0) return 'timeout_reserved_for_pending_transfer';
  const pending = ledger.transfer(pendingId);
  if (!pending) return 'pending_transfer_not_found';
  if (pending.status === null) return 'pending_transfer_not_pending';
  if (request.debit && request.debit !== pending.debit) return 'pending_transfer_has_different_debit_account_id';
  if (request.credit && request.credit !== pending.credit) return 'pending_transfer_has_different_credit_account_id';
  const { ledger: ledgerName, code } = request.labels ?? {};
  if (ledgerName !== undefined && ledgerName !== pending.labels?.ledger) return 'pending_transfer_has_different_ledger';
  if (code !== undefined && code !== pending.labels?.code) return 'pending_transfer_has_different_code';
  const amount = resolvedAmount(request, pending);
  if (amount > pending.amount) return 'exceeds_pending_transfer_amount';
  if (!posting && amount < pending.amount) return 'pending_transfer_has_different_amount';
  const refused = unresolvable(pending, now) ?? (posting ? closed(pending, ledger) : undefined);
  if (refused) return refused;
  release(pending, posting ? 'posted' : 'voided', posting ? amount : 0n, ledger);
  const { debit, credit } = pending;
  ledger.transfers.set(id, {
    id,
    debit,
    credit,
    amount,
    flags,
    pendingId,
    timeoutSeconds: 0,
    expiresAt: null,
    status: null,
    // What it does not say itself, it takes over.
    labels: { ...pending.labels, ...request.labels },
  });
  return 'created';
};

/** To post the largest amount is to post all of it; to void nothing is to void all of it. */
export const resolvedAmount = ({ amount, flags }: TransferRequest, pending: CreatedTransfer): bigint =>
  amount === (flags.includes('post_pending') ? AMOUNT_MAX : 0n) ? pending.amount : amount;

const unresolvable = (pending: CreatedTransfer, now: bigint): TransferOutcome | undefined => {
  switch (pending.status) {
    case 'posted':
      return 'pending_transfer_already_posted';
    case 'voided':
      return 'pending_transfer_already_voided';
    case 'expired':
      return 'pending_transfer_expired';
    case 'pending':
    case null:
      return isExpiring(pending, now) ? 'pending_transfer_expired' : undefined;
  }
};

/** On a closed account nothing moves any more; what is reserved can still be given back. */
const closed = ({ debit, credit }: CreatedTransfer, ledger: LedgerOverlay): TransferOutcome | undefined => {
  if (ledger.account(debit)!.closed) return 'debit_account_already_closed';
  return ledger.account(credit)!.closed ? 'credit_account_already_closed' : undefined;
};

/** Takes a reservation off both sides and posts what of it is posted. What is given back opens again what it had closed. */
export const release = (
  pending: CreatedTransfer,
  status: 'posted' | 'voided' | 'expired',
  posted: bigint,
  ledger: LedgerOverlay,
): void => {
  const debited = ledger.account(pending.debit)!;
  const opens = (flag: TransferFlag): boolean => status !== 'posted' && pending.flags.includes(flag);
  ledger.put({
    ...debited,
    debitsPending: debited.debitsPending - pending.amount,
    debitsPosted: debited.debitsPosted + posted,
    closed: debited.closed && !opens('closing_debit'),
  });
  const credited = ledger.account(pending.credit)!;
  ledger.put({
    ...credited,
    creditsPending: credited.creditsPending - pending.amount,
    creditsPosted: credited.creditsPosted + posted,
    closed: credited.closed && !opens('closing_credit'),
  });
  ledger.transfers.set(pending.id, { ...pending, status });
};

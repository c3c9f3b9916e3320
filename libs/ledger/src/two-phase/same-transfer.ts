import type { CreatedTransfer } from './ledger-view.js';
import { resolvedAmount } from './resolve-pending.js';
import { TRANSFER_LABELS, type TransferLabels, type TransferRequest } from './transfer-request.js';
import type { TransferOutcome } from './transfer-outcome.js';

/**
 * The same id again: the same transfer, or the first thing in which it differs. Flags are compared first, because they say what
 * the rest means: to balance, an amount is the most that may move, so any limit that reaches what moved is the same request.
 */
export const sameTransfer = (
  request: TransferRequest,
  existing: CreatedTransfer,
  pendingOf: (id: string) => CreatedTransfer | undefined,
): TransferOutcome => {
  const { flags, debit, credit } = request;
  if (!sameFlags(flags, existing.flags)) return 'exists_with_different_flags';
  if ((request.pendingId ?? null) !== existing.pendingId) return 'exists_with_different_pending_id';
  if ((request.timeoutSeconds ?? 0) !== existing.timeoutSeconds) return 'exists_with_different_timeout';
  const resolves = existing.pendingId !== null;
  if (debit !== existing.debit && !(resolves && !debit)) return 'exists_with_different_debit_account_id';
  if (credit !== existing.credit && !(resolves && !credit)) return 'exists_with_different_credit_account_id';
  const amount = resolves ? resolvedAmount(request, pendingOf(existing.pendingId)!) : request.amount;
  const balancing = flags.includes('balancing_debit') || flags.includes('balancing_credit');
  if (balancing ? amount < existing.amount : amount !== existing.amount) return 'exists_with_different_amount';
  // What a resolution does not say, it took over from the pending transfer; nobody needs to name the ledger.
  const inherited = resolves ? pendingOf(existing.pendingId)!.labels : onlyLedger(existing);
  const different = TRANSFER_LABELS.find(
    (label) => (request.labels?.[label] ?? inherited?.[label]) !== existing.labels?.[label],
  );
  return different === undefined ? 'exists' : `exists_with_different_${different}`;
};

const onlyLedger = ({ labels }: CreatedTransfer): TransferLabels =>
  labels?.ledger === undefined ? {} : { ledger: labels.ledger };

const sameFlags = (left: readonly string[], right: readonly string[]): boolean =>
  new Set(left).size === new Set(right).size && left.every((flag) => right.includes(flag));

import { createTransfer } from './create-transfer.js';
import { LedgerOverlay, type CreatedTransfer, type LedgerView } from './ledger-view.js';
import { release, resolvePending } from './resolve-pending.js';
import { sameTransfer } from './same-transfer.js';
import type { TransferRequest } from './transfer-request.js';
import { isTransient, type TransferOutcome } from './transfer-outcome.js';

export interface SubmittedTransfers {
  readonly outcomes: readonly TransferOutcome[];
  /** What had come to its end before and was given back. */
  readonly expired: readonly CreatedTransfer[];
  /** The ledger after it: a view on top of the one before, which is unchanged. */
  readonly ledger: LedgerOverlay;
}

/** Gives back what has come to its end by now: before anything else, so that every read and every limit sees it so. */
export const expireTransfers = (before: LedgerView, now: bigint): Pick<SubmittedTransfers, 'expired' | 'ledger'> => {
  const ledger = new LedgerOverlay(before);
  const expired = before.expiring(now);
  for (const pending of expired) release(pending, 'expired', 0n, ledger);
  return { expired, ledger };
};

/**
 * Submits requests in order. A `linked` one stands or falls with the next: of a chain that breaks, the request that broke it
 * keeps its own outcome, the others are `linked_event_failed`, and nothing of it stays. A chain that the requests end in
 * the middle of is `linked_event_chain_open`. (TigerBeetle, `state_machine.zig` and docs/reference/requests.)
 */
export const submitTransfers = (
  before: LedgerView,
  requests: readonly TransferRequest[],
  now: bigint,
): SubmittedTransfers => {
  const { expired, ledger } = expireTransfers(before, now);
  const outcomes = chainsOf(requests).flatMap((chain) => submitChain(chain, ledger, now));
  return { outcomes, expired, ledger };
};

/** Each chain ends with the first request that is not linked; one by itself is a chain of one. */
const chainsOf = (requests: readonly TransferRequest[]): TransferRequest[][] => {
  const chains: TransferRequest[][] = [];
  let open = false;
  for (const request of requests) {
    if (open) chains.at(-1)!.push(request);
    else chains.push([request]);
    open = request.flags.includes('linked');
  }
  return chains;
};

const submitChain = (chain: readonly TransferRequest[], ledger: LedgerOverlay, now: bigint): TransferOutcome[] => {
  const attempt = new LedgerOverlay(ledger);
  const last = chain.length - 1;
  const open = chain[last]!.flags.includes('linked');
  for (const [index, request] of chain.entries()) {
    const outcome = open && index === last ? 'linked_event_chain_open' : submitOne(request, attempt, now);
    if (outcome === 'created') continue;
    if (isTransient(outcome)) ledger.failedIds.add(request.id);
    return chain.map((_, place) =>
      place === index ? outcome : open && place === last ? 'linked_event_chain_open' : 'linked_event_failed',
    );
  }
  ledger.keep(attempt);
  return chain.map(() => 'created');
};

const submitOne = (request: TransferRequest, ledger: LedgerOverlay, now: bigint): TransferOutcome => {
  if (request.id === '') return 'id_must_not_be_zero';
  const existing = ledger.transfer(request.id);
  if (existing) return sameTransfer(request, existing, (id) => ledger.transfer(id));
  if (ledger.hasFailed(request.id)) return 'id_already_failed';
  return request.flags.includes('post_pending') || request.flags.includes('void_pending')
    ? resolvePending(request, ledger, now)
    : createTransfer(request, ledger, now);
};

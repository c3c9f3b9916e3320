import { money, type Instant, type TransferId } from '#kernel';
import type { Transfer } from '#ledger';
import { REQUESTED, type RequestedTransfer } from './requested-transfer.js';

/** What a fact about a transfer is: each is a row of its own, none is ever changed. */
export type TransferKind = 'posted' | 'pending' | 'post_pending' | 'void_pending' | 'expired';

export interface TransferRecord extends Required<Transfer> {
  readonly kind: TransferKind;
  /** The pending transfer that it posts or voids. */
  readonly pendingId: TransferId | null;
  readonly expiresAt: Instant | null;
  readonly recordedAt: Instant;
  readonly revision: number;
}

export const transferRecord = (transfer: RequestedTransfer): TransferRecord => {
  const { id, debit, credit, amount, currency, flags, pendingId, endsAt, bookedOn, recordedAt, revision } = transfer;
  return {
    transferId: id,
    kind: kindOf(transfer),
    debit,
    credit,
    amount: money(amount, currency),
    bookedOn,
    cause: { type: 'transfer', id },
    rule: REQUESTED,
    flags,
    pendingId: pendingId as TransferId | null,
    expiresAt: endsAt,
    recordedAt,
    revision,
  };
};

const kindOf = ({ flags }: RequestedTransfer): TransferRecord['kind'] =>
  flags.find((flag) => flag === 'pending' || flag === 'post_pending' || flag === 'void_pending') ?? 'posted';

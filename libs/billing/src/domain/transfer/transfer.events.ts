import type { Event, Instant, LocalDate, Money, TransferId } from '#kernel';
import type { LedgerCode, Transfer, TransferFlag } from '#ledger';
import type { Timer } from '../subscription/subscription.events.js';

/** Reserved on both sides, and not moved yet. */
export type TransferPended = Event<
  'TransferPended',
  Omit<Transfer, 'flags'> & {
    readonly flags: readonly TransferFlag[];
    readonly timeoutSeconds: number;
    /** Without it, it waits for ever. */
    readonly expiresAt?: Instant;
    readonly timer?: Timer;
  }
>;

/** Of what was reserved, the amount moves; the rest is given back. */
export type PendingTransferPosted = Event<
  'PendingTransferPosted',
  Omit<Transfer, 'flags'> & {
    readonly flags: readonly TransferFlag[];
    readonly pendingId: TransferId;
    readonly reserved: Money;
  }
>;

/** All that was reserved is given back, because somebody said so. */
export type PendingTransferVoided = Event<
  'PendingTransferVoided',
  Omit<Transfer, 'flags'> & { readonly flags: readonly TransferFlag[]; readonly pendingId: TransferId }
>;

/** All that was reserved is given back, because its time is over. */
export type PendingTransferExpired = Event<
  'PendingTransferExpired',
  {
    readonly pendingId: TransferId;
    readonly debit: LedgerCode;
    readonly credit: LedgerCode;
    readonly amount: Money;
    readonly bookedOn: LocalDate;
  }
>;

export type TransferEvent = TransferPended | PendingTransferPosted | PendingTransferVoided | PendingTransferExpired;

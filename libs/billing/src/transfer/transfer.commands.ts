import type { Instant, LocalDate, Money, TransferId } from '#kernel';
import type { LedgerCode, TransferFlag } from '#ledger';

/** A transfer that somebody asks for. Posting and voiding name the pending one, and may leave the amount to it. */
export interface TransferOrder {
  readonly transferId: TransferId;
  /** The caller chose the id, to be able to ask again with it. */
  readonly chosen?: boolean;
  readonly debit?: LedgerCode;
  readonly credit?: LedgerCode;
  readonly amount?: Money;
  readonly flags: readonly TransferFlag[];
  readonly pendingId?: TransferId;
  readonly timeoutSeconds?: number;
}

export type TransferCommand =
  | {
      readonly type: 'SubmitTransfers';
      /** In order; chains of linked ones stand or fall together, and so does the command. */
      readonly orders: readonly TransferOrder[];
      readonly bookedOn: LocalDate;
      readonly timeZone: string;
      readonly now: Instant;
    }
  /** Told by the agenda: the time of a pending transfer is over. */
  | {
      readonly type: 'ExpireTransfers';
      readonly bookedOn: LocalDate;
      readonly timeZone: string;
      readonly now: Instant;
    };

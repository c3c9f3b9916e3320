/** The largest amount: 2¹²⁸ − 1. As an amount to post or to balance with, it means all there is. */
export const AMOUNT_MAX = (1n << 128n) - 1n;

export const TRANSFER_FLAGS = [
  'linked',
  'pending',
  'post_pending',
  'void_pending',
  'balancing_debit',
  'balancing_credit',
  'closing_debit',
  'closing_credit',
] as const;
export type TransferFlag = (typeof TRANSFER_FLAGS)[number];

/** What is asked for. Posting and voiding may leave out the sides: they are those of the pending transfer. */
export interface TransferRequest {
  readonly id: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly amount: bigint;
  readonly flags: readonly TransferFlag[];
  /** The pending transfer that is posted or voided. */
  readonly pendingId?: string;
  /** How long a pending transfer waits; 0 is for ever. */
  readonly timeoutSeconds?: number;
}

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

/** What a transfer carries for whoever asks for it: compared when it comes again, never interpreted. In the order of comparison. */
export const TRANSFER_LABELS = ['user_data_128', 'user_data_64', 'user_data_32', 'ledger', 'code'] as const;
export type TransferLabels = Readonly<Partial<Record<(typeof TRANSFER_LABELS)[number], string>>>;

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
  /** A ledger that is named must be that of both sides. */
  readonly labels?: TransferLabels;
}

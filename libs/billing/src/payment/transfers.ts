import type { Fact } from '#contracts';
import { derivedId, type LocalDate } from '#kernel';
import { merged, type Posting, type TransferCause } from '#ledger';

/** What postings are booked for. Where a rule may book for its cause more than once, `turn` tells the times apart. */
export interface Booking {
  readonly cause: TransferCause;
  readonly rule: string;
  readonly bookedOn: LocalDate;
  readonly turn?: number | string;
}

/** Transfers of one posting rule for one cause: one per pair of ledger accounts, with ids that repeat with the cause. */
export const transfersPosted = (
  postings: readonly Posting[],
  { cause, rule, bookedOn, turn }: Booking,
): Fact<'TransferPosted'>[] =>
  merged(postings).map(({ debit, credit, amount }) => {
    const transferId = derivedId('tfr', cause.id, rule, debit, credit, ...(turn === undefined ? [] : [turn]));
    return { type: 'TransferPosted', data: { transferId, debit, credit, amount, bookedOn, cause, rule } };
  });

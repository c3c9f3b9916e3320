import { derivedId, type LocalDate } from '#kernel';
import { merged, type Posting, type TransferCause } from '#ledger';
import type { TransferPosted } from './payment.events.js';

/** Transfers of one posting rule for one cause: one per pair of ledger accounts, with ids that repeat with the cause. */
export const transfersPosted = (
  postings: readonly Posting[],
  { cause, rule, bookedOn }: { readonly cause: TransferCause; readonly rule: string; readonly bookedOn: LocalDate },
): TransferPosted[] =>
  merged(postings).map(({ debit, credit, amount }) => ({
    type: 'TransferPosted',
    data: { transferId: derivedId('tfr', cause.id, rule, debit, credit), debit, credit, amount, bookedOn, cause, rule },
  }));

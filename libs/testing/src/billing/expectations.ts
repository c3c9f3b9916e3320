import type { Money } from '#kernel';
import type { LedgerCode } from '#ledger';
import { like } from '../given-when-then.js';

/** One transfer, whatever its id and its cause. */
export const booked = (debit: LedgerCode, credit: LedgerCode, amount: Money) =>
  like('TransferPosted', { debit, credit, amount });

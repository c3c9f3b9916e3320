import type { LocalDate, Money, TransferId } from '#kernel';
import type { LedgerCode } from './ledger-account.js';
import type { TransferFlag } from './two-phase/transfer-request.js';

/** What a transfer was booked for, and the posting rule that said so. */
export interface TransferCause {
  readonly type: 'invoice' | 'payment' | 'refund' | 'transfer' | 'credit_note' | 'recognition' | 'wallet_grant';
  readonly id: string;
}

/** One debit and one credit of one positive amount. Never edited: a mistake is reversed. */
export interface Transfer {
  readonly transferId: TransferId;
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  readonly cause: TransferCause;
  readonly rule: string;
  /** Of a transfer that was asked for; what billing books has none. */
  readonly flags?: readonly TransferFlag[];
}

/** A leg of a posting rule, before it is given an id and a day. A negative amount turns the sides round. */
export interface Posting {
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly amount: Money;
}

/** One posting per pair of accounts, whichever way round, sides turned so that amounts are positive, nothing for nothing. */
export const merged = (postings: readonly Posting[]): Posting[] => {
  const byPair = new Map<string, Posting>();
  for (const posting of postings) {
    const { debit, credit, amount } = posting;
    const key = [...[debit, credit].sort(), amount.currency].join('>');
    const known = byPair.get(key) ?? { ...posting, amount: { ...amount, minor: 0n } };
    const minor = known.amount.minor + (known.debit === debit ? amount.minor : -amount.minor);
    byPair.set(key, { ...known, amount: { ...amount, minor } });
  }
  return [...byPair.values()]
    .filter(({ amount }) => amount.minor !== 0n)
    .map((posting) => (posting.amount.minor > 0n ? posting : reversed(posting)));
};

const reversed = ({ debit, credit, amount }: Posting): Posting => ({
  debit: credit,
  credit: debit,
  amount: { minor: -amount.minor, currency: amount.currency },
});

/** The opposite postings of what was booked. */
export const reversal = (booked: readonly Posting[]): Posting[] =>
  booked.map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount }));

import { isLedgerCode, LEDGER_ACCOUNTS, type LedgerCode } from './ledger-account.js';
import type { Transfer } from './transfer.js';

/** Gross sums in minor units, never netted: what came in on each side stays visible. What is pending is reserved only. */
export interface LedgerBalance {
  debitsPending: bigint;
  debitsPosted: bigint;
  creditsPending: bigint;
  creditsPosted: bigint;
  /** Closed by a transfer: requested ones move nothing here any more. */
  closed: boolean;
}

/** A double-entry ledger by currency and ledger account. It changes only by whole transfers, so it balances. */
export type Book = Map<string, Map<LedgerCode, LedgerBalance>>;

/** What a fact does to both sides: what it posts, and what it reserves or (below zero) gives back. */
export interface BookMovement {
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly currency: string;
  readonly posted: bigint;
  readonly pending: bigint;
}

export const moveBook = (book: Book, { debit, credit, currency, posted, pending }: BookMovement): void => {
  const debited = balanceOf(book, debit, currency);
  debited.debitsPosted += posted;
  debited.debitsPending += pending;
  const credited = balanceOf(book, credit, currency);
  credited.creditsPosted += posted;
  credited.creditsPending += pending;
};

export const postTransfer = (
  book: Book,
  { debit, credit, amount }: Pick<Transfer, 'debit' | 'credit' | 'amount'>,
): void => moveBook(book, { debit, credit, currency: amount.currency, posted: amount.minor, pending: 0n });

/** In minor units; positive on the side on which the ledger account grows. */
export const netBalance = (
  code: LedgerCode,
  { debitsPosted, creditsPosted }: Readonly<Pick<LedgerBalance, 'debitsPosted' | 'creditsPosted'>>,
): bigint =>
  LEDGER_ACCOUNTS[code].normalSide === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted;

export const bookBalance = (book: Book, code: LedgerCode, currency: string): bigint => {
  const balance = book.get(currency)?.get(code);
  return balance ? netBalance(code, balance) : 0n;
};

/** What of the balance is not reserved by a pending transfer. */
export const availableBalance = (book: Book, code: LedgerCode, currency: string): bigint => {
  const balance = book.get(currency)?.get(code);
  if (!balance) return 0n;
  const reserved = LEDGER_ACCOUNTS[code].normalSide === 'debit' ? balance.creditsPending : balance.debitsPending;
  return netBalance(code, balance) - reserved;
};

/** The balances of a ledger account, made if nothing has moved there yet. @throws RangeError if the chart does not have it */
export const balanceOf = (book: Book, code: LedgerCode, currency: string): LedgerBalance => {
  let byCode = book.get(currency);
  if (!byCode) book.set(currency, (byCode = new Map<LedgerCode, LedgerBalance>()));
  let balance = byCode.get(code);
  if (balance) return balance;
  if (!isLedgerCode(code)) throw new RangeError(`The chart of this version has no ledger account “${String(code)}”.`);
  byCode.set(code, (balance = emptyBalance()));
  return balance;
};

export const emptyBalance = (): LedgerBalance => ({
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
  closed: false,
});

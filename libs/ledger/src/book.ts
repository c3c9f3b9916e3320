import { LEDGER_ACCOUNTS, type LedgerCode } from './ledger-account.js';
import type { Transfer } from './transfer.js';

/** Gross sums in minor units, never netted: what came in on each side stays visible. */
export interface LedgerBalance {
  debitsPosted: bigint;
  creditsPosted: bigint;
}

/** A double-entry ledger by currency and ledger account. It changes only by whole transfers, so it balances. */
export type Book = Map<string, Map<LedgerCode, LedgerBalance>>;

export const postTransfer = (
  book: Book,
  { debit, credit, amount }: Pick<Transfer, 'debit' | 'credit' | 'amount'>,
): void => {
  balanceOf(book, debit, amount.currency).debitsPosted += amount.minor;
  balanceOf(book, credit, amount.currency).creditsPosted += amount.minor;
};

/** In minor units; positive on the side on which the ledger account grows. */
export const netBalance = (code: LedgerCode, { debitsPosted, creditsPosted }: Readonly<LedgerBalance>): bigint =>
  LEDGER_ACCOUNTS[code].normalSide === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted;

export const bookBalance = (book: Book, code: LedgerCode, currency: string): bigint => {
  const balance = book.get(currency)?.get(code);
  return balance ? netBalance(code, balance) : 0n;
};

const balanceOf = (book: Book, code: LedgerCode, currency: string): LedgerBalance => {
  let byCode = book.get(currency);
  if (!byCode) book.set(currency, (byCode = new Map<LedgerCode, LedgerBalance>()));
  let balance = byCode.get(code);
  if (!balance) byCode.set(code, (balance = { debitsPosted: 0n, creditsPosted: 0n }));
  return balance;
};

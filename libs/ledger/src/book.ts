import { LEDGER_ACCOUNTS, type LedgerCode } from './ledger-account.js';
import type { Transfer } from './transfer.js';

/** Gross sums, never netted: what came in on each side stays visible. */
export interface LedgerBalance {
  debitsPosted: bigint;
  creditsPosted: bigint;
}

/** A double-entry ledger in minor units, by currency and ledger account. It changes only by whole transfers, so it balances. */
export class Book {
  private readonly balances = new Map<string, Map<LedgerCode, LedgerBalance>>();

  post({ debit, credit, amount }: Pick<Transfer, 'debit' | 'credit' | 'amount'>): void {
    this.of(debit, amount.currency).debitsPosted += amount.minor;
    this.of(credit, amount.currency).creditsPosted += amount.minor;
  }

  /** In minor units; positive on the side on which the ledger account grows. */
  balance(code: LedgerCode, currency: string): bigint {
    const balance = this.balances.get(currency)?.get(code);
    return balance ? netBalance(code, balance) : 0n;
  }

  *entries(): Generator<{ readonly currency: string; readonly code: LedgerCode } & Readonly<LedgerBalance>> {
    for (const [currency, byCode] of this.balances) {
      for (const [code, balance] of byCode) yield { currency, code, ...balance };
    }
  }

  private of(code: LedgerCode, currency: string): LedgerBalance {
    let byCode = this.balances.get(currency);
    if (!byCode) this.balances.set(currency, (byCode = new Map<LedgerCode, LedgerBalance>()));
    let balance = byCode.get(code);
    if (!balance) byCode.set(code, (balance = { debitsPosted: 0n, creditsPosted: 0n }));
    return balance;
  }
}

export const netBalance = (code: LedgerCode, { debitsPosted, creditsPosted }: Readonly<LedgerBalance>): bigint =>
  LEDGER_ACCOUNTS[code].normalSide === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted;

import type { Fact } from '#contracts';
import type { BankAccountId, BankEntryId, LocalDate, Money } from '#kernel';
import type { BankMatch } from './bank-account.js';

export type BankAccountRecord = Fact<'BankAccountRegistered'>['data'];

/** What became of an entry. */
export interface BankEntryRecord {
  readonly bankAccountId: BankAccountId;
  readonly entryId: BankEntryId;
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  readonly status: 'unmatched' | 'matched' | 'ignored' | 'split';
  readonly match: BankMatch | null;
}

export interface ImportedStatement {
  readonly reference: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly opening: Money | null;
  readonly closing: Money | null;
  readonly entries: number;
}

export interface ImportRecord {
  readonly bankAccountId: BankAccountId;
  readonly statements: readonly ImportedStatement[];
  /** Entries that no file before had. */
  readonly recorded: number;
}

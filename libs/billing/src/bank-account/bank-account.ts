import type { Fact } from '#contracts';
import {
  derivedId,
  derivedUuid,
  type BankEntryId,
  type LocalDate,
  type Money,
  type PaymentId,
  type TenantId,
} from '#kernel';

export type BankMatch = Fact<'BankEntryMatched'>['data'];

/** One entry of a bank account, as far as rules ask for it. */
export interface BankEntry {
  readonly id: BankEntryId;
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  /** `split`: its payments are entries of their own. */
  status: 'unmatched' | 'matched' | 'ignored' | 'split';
  /** How often it was matched. */
  turns: number;
  match: BankMatch | null;
}

export interface BankAccountState {
  registered: Fact<'BankAccountRegistered'>['data'] | null;
  readonly entries: Map<BankEntryId, BankEntry>;
  readonly byIdentity: Map<string, BankEntryId>;
  /** Bookings that are known by their payments. */
  readonly split: Set<string>;
  readonly statements: Set<string>;
}

/** The command that books a match: whoever carries it out, it is carried out once. */
export const bookingOfMatch = (entryId: BankEntryId, turn: number): string =>
  derivedUuid('bank-entry-match', entryId, turn);

/** The payment that it books. */
export const paymentOfMatch = (tenantId: TenantId, entryId: BankEntryId, turn: number): PaymentId =>
  derivedId('pay', tenantId, bookingOfMatch(entryId, turn));

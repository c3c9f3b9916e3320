import type { BankEntryRecord } from '#billing/bank-account';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import type { BankEntryMatchResource } from './bank.resource.js';

/** What became of an entry: without what is personal in it. */
export class BankEntryStateResource {
  /** @example "bke_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "bac_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  bankAccountId!: string;
  amount!: MoneyDto;
  /** @example "2026-03-02" */
  bookedOn!: string;
  /** @example "matched" */
  status!: 'unmatched' | 'matched' | 'ignored' | 'split';
  match!: BankEntryMatchResource | null;
}

export const bankEntryStateResource = (entry: BankEntryRecord): BankEntryStateResource => ({
  id: entry.entryId,
  bankAccountId: entry.bankAccountId,
  amount: moneyResource(entry.amount),
  bookedOn: entry.bookedOn,
  status: entry.status,
  match: entry.match && {
    accountId: entry.match.accountId,
    paymentId: entry.match.paymentId,
    reason: entry.match.reason,
  },
});

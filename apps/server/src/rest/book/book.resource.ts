import { LEDGER_ACCOUNTS, netBalance, type LedgerCode } from '#ledger';
import { money, type Money } from '#kernel';
import type { PostedTransfer } from '#projections/book';
import { moneyResource, type MoneyDto } from '../http/money.dto.js';

export class LedgerAccountResource {
  /** @example "receivable" */
  code!: LedgerCode;
  /** @example "asset" */
  type!: (typeof LEDGER_ACCOUNTS)[LedgerCode]['type'];
  /** The side on which it grows. @example "debit" */
  normalSide!: 'debit' | 'credit';
  debitsPosted!: MoneyDto;
  creditsPosted!: MoneyDto;
  /** Positive on the normal side. */
  balance!: MoneyDto;
}

export interface LedgerTotalsLike {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
}

export const ledgerAccountResource = ({ code, debits, credits }: LedgerTotalsLike): LedgerAccountResource => ({
  code,
  ...LEDGER_ACCOUNTS[code],
  debitsPosted: moneyResource(debits),
  creditsPosted: moneyResource(credits),
  balance: moneyResource(
    money(netBalance(code, { debitsPosted: debits.minor, creditsPosted: credits.minor }), debits.currency),
  ),
});

export class BookResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  ledgerAccounts!: LedgerAccountResource[];
}

export class TransferCauseResource {
  /** @example "invoice" */
  type!: 'invoice' | 'payment';
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
}

export class TransferResource {
  /** @example "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "receivable" */
  debit!: LedgerCode;
  /** @example "revenue" */
  credit!: LedgerCode;
  amount!: MoneyDto;
  /** @example "2026-02-01" */
  bookedOn!: string;
  cause!: TransferCauseResource;
  /** The posting rule that booked it. @example "invoice_finalized" */
  rule!: string;
  /** @example "2026-02-01T00:00:03Z" */
  recordedAt!: string;
  /** Revision of the account at which it was posted. @example 7 */
  revision!: number;
}

export const transferResource = (transfer: PostedTransfer): TransferResource => ({
  id: transfer.transferId,
  debit: transfer.debit,
  credit: transfer.credit,
  amount: moneyResource(transfer.amount),
  bookedOn: transfer.bookedOn,
  cause: { ...transfer.cause },
  rule: transfer.rule,
  recordedAt: transfer.recordedAt,
  revision: transfer.revision,
});

import { LEDGER_ACCOUNTS, netBalance, type LedgerCode } from '#ledger';
import { money, type Money } from '#kernel';
import type { PostedTransfer } from '#projections/book';
import { moneyResource, type MoneyDto } from '../http/money.dto.js';

export class LedgerAccountResource {
  /** @example "receivable" */
  code!: string;
  /** @example "asset" */
  type!: string;
  /** The side on which it grows. @example "debit" */
  normalSide!: string;
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
  accountId!: string;
  ledgerAccounts!: LedgerAccountResource[];
}

export class TransferCauseResource {
  /** @example "invoice" */
  type!: string;
  id!: string;
}

export class TransferResource {
  /** @example "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "receivable" */
  debit!: string;
  /** @example "revenue" */
  credit!: string;
  amount!: MoneyDto;
  /** @example "2026-02-01" */
  bookedOn!: string;
  cause!: TransferCauseResource;
  /** The posting rule that booked it. @example "invoice_finalized" */
  rule!: string;
  recordedAt!: string;
  /** Revision of the account at which it was posted. */
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

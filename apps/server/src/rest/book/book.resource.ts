import { ApiProperty } from '@nestjs/swagger';
import { LEDGER_ACCOUNTS, netBalance, type LedgerCode, type TransferFlag } from '#ledger';
import { money, type Money } from '#kernel';
import type { TransferRecord } from '#billing/transfer';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

export class LedgerAccountResource {
  /** @example "receivable" */
  code!: LedgerCode;
  /** @example "asset" */
  type!: (typeof LEDGER_ACCOUNTS)[LedgerCode]['type'];
  /** The side on which it grows. @example "debit" */
  normalSide!: 'debit' | 'credit';
  debitsPosted!: MoneyDto;
  creditsPosted!: MoneyDto;
  /** Reserved by pending transfers, not moved yet. */
  debitsPending!: MoneyDto;
  creditsPending!: MoneyDto;
  /** Positive on the normal side. */
  balance!: MoneyDto;
}

export interface LedgerTotalsLike {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
  readonly debitsPending: Money;
  readonly creditsPending: Money;
}

export const ledgerAccountResource = ({
  code,
  debits,
  credits,
  debitsPending,
  creditsPending,
}: LedgerTotalsLike): LedgerAccountResource => ({
  code,
  ...LEDGER_ACCOUNTS[code],
  debitsPosted: moneyResource(debits),
  creditsPosted: moneyResource(credits),
  debitsPending: moneyResource(debitsPending),
  creditsPending: moneyResource(creditsPending),
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
  type!: 'invoice' | 'payment' | 'refund' | 'transfer' | 'credit_note' | 'recognition' | 'wallet_grant';
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
}

export class TransferResource {
  /** @example "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** What the fact is: a pending transfer stays in the list when it is posted, voided or expired. @example "posted" */
  kind!: 'posted' | 'pending' | 'post_pending' | 'void_pending' | 'expired';
  /** @example "receivable" */
  debit!: LedgerCode;
  /** @example "revenue" */
  credit!: LedgerCode;
  amount!: MoneyDto;
  /** @example "2026-02-01" */
  bookedOn!: string;
  cause!: TransferCauseResource;
  /** The posting rule that booked it; `requested` if somebody asked for it. @example "invoice_finalized" */
  rule!: string;
  /** @example [] */
  flags!: TransferFlag[];
  /** The pending transfer that it posts or voids. */
  pendingId!: string | null;
  /** Of a pending transfer that does not wait for ever. */
  expiresAt!: string | null;
  /** @example "2026-02-01T00:00:03Z" */
  recordedAt!: string;
  /** Revision of the account at which it was posted. @example 7 */
  @ApiProperty({ format: 'int64' })
  revision!: number;
}

export class SubmittedTransferResource extends TransferResource {
  /** Those that were linked to it, in order. @example [] */
  linked!: TransferResource[];
}

export const transferResource = (transfer: TransferRecord): TransferResource => ({
  id: transfer.transferId,
  kind: transfer.kind,
  debit: transfer.debit,
  credit: transfer.credit,
  amount: moneyResource(transfer.amount),
  bookedOn: transfer.bookedOn,
  cause: { ...transfer.cause },
  rule: transfer.rule,
  flags: [...transfer.flags],
  pendingId: transfer.pendingId,
  expiresAt: transfer.expiresAt,
  recordedAt: transfer.recordedAt,
  revision: transfer.revision,
});

import { ApiProperty } from '@nestjs/swagger';
import type { AccountSnapshot } from '#replay';
import { invoiceResource, type InvoiceResource } from '../billing/invoice.resource.js';
import { paymentResource, type PaymentResource } from '../billing/payment.resource.js';
import { creditNoteResource, type CreditNoteResource } from '../credit-notes/credit-note.resource.js';
import { ledgerAccountResource, type LedgerAccountResource } from '../book/book.resource.js';
import type { SubscriptionResource } from '../subscriptions/subscription.resource.js';
import { walletResource, type WalletResource } from '../wallets/wallet.resource.js';
import type { AccountResource } from './account.resource.js';

/** One account, whole, at one moment, folded from the log alone. */
export class AccountStateResource {
  /** Revision of the account that this is the state at. @example 7 */
  @ApiProperty({ format: 'int64' })
  revision!: number;
  /** Position of that revision in the log. @example "4711" */
  position!: string;
  /** When the log learned of it. @example "2026-02-03T09:30:00Z" */
  recordedAt!: string;
  account!: AccountResource;
  subscriptions!: SubscriptionResource[];
  invoices!: InvoiceResource[];
  creditNotes!: CreditNoteResource[];
  payments!: PaymentResource[];
  wallets!: WalletResource[];
  ledgerAccounts!: LedgerAccountResource[];
}

export const accountStateResource = (
  { revision, position, recordedAt, invoices, creditNotes, payments, wallets, ledger }: AccountSnapshot,
  account: AccountResource,
  subscriptions: readonly SubscriptionResource[],
): AccountStateResource => ({
  revision,
  position: String(position),
  recordedAt,
  account,
  subscriptions: [...subscriptions],
  invoices: invoices.map(invoiceResource),
  creditNotes: creditNotes.map(creditNoteResource),
  payments: payments.map(paymentResource),
  wallets: wallets.map(walletResource),
  ledgerAccounts: ledger.map(ledgerAccountResource),
});

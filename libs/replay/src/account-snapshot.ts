import { accountRecord, type AccountRecord } from '#billing/account';
import { creditNoteDocument, type CreditNoteDocument } from '#billing/credit-note';
import { invoiceRecord, type InvoiceDocument } from '#billing/invoice';
import { paymentRecord, type PaymentRecord } from '#billing/payment';
import { walletDocument, type WalletDocument } from '#billing/wallet';
import { statusAt, subscriptionRecord, type SubscriptionRecord, type SubscriptionStatus } from '#billing/subscription';
import {
  isBefore,
  localDateOf,
  money,
  notFound,
  type AccountId,
  type Instant,
  type LegalEntityId,
  type LocalDate,
  type Money,
} from '#kernel';
import { moveBook, type Book, type LedgerCode } from '#ledger';
import type { AccountFold } from './account-fold.js';

export interface LedgerAccountTotals {
  readonly code: LedgerCode;
  readonly debits: Money;
  readonly credits: Money;
  readonly debitsPending: Money;
  readonly creditsPending: Money;
}

/** One account, whole, at one moment. The same moment always gives the same snapshot. */
export interface AccountSnapshot {
  readonly account: AccountRecord;
  readonly subscriptions: readonly (SubscriptionRecord & { readonly status: SubscriptionStatus })[];
  readonly invoices: readonly InvoiceDocument[];
  readonly creditNotes: readonly CreditNoteDocument[];
  readonly payments: readonly PaymentRecord[];
  readonly wallets: readonly WalletDocument[];
  readonly ledger: readonly LedgerAccountTotals[];
  readonly revision: number;
  readonly position: bigint;
  readonly recordedAt: Instant;
  /** The moment that statuses and terms are of. */
  readonly at: Instant;
}

export interface EffectiveCut {
  readonly at: Instant;
  /** The zone of an entity’s books: on which day of theirs the instant falls. */
  readonly zoneOf: (entityId: LegalEntityId) => string;
}

/**
 * Without an effective cut, statuses are those of the moment of the account's last event: time that passed without an
 * event changes nothing. With one, only what counts in business by then is told, as known to the fold.
 */
export const accountSnapshot = (accountId: AccountId, fold: AccountFold, effective?: EffectiveCut): AccountSnapshot => {
  const { state, revision, position, recordedAt } = fold.stream;
  if (state.profile === null) return notFound('account', accountId);
  const at = effective?.at ?? recordedAt!;
  const until = effective && localDateOf(effective.at, effective.zoneOf(state.profile.entityId));
  const counts = (date: LocalDate | null) => until === undefined || (date !== null && date <= until);
  return {
    account: accountRecord(state),
    subscriptions: [...state.subscriptions.values()]
      .filter(({ startAt }) => effective === undefined || !isBefore(at, startAt))
      .map((subscription) => subscriptionRecord(subscription, accountId))
      .map((record) => ({ ...record, status: statusAt(record, at) })),
    invoices: [...state.invoices.values()]
      .filter(({ issued }) => counts(issued?.issueDate ?? null))
      .map((invoice) => ({ invoice: invoiceRecord(invoice, state), lines: fold.lines.get(invoice.id) ?? [] })),
    creditNotes: [...state.creditNotes.values()]
      .filter(({ issued }) => counts(issued.issueDate))
      .map((note) => creditNoteDocument(note, accountId)),
    payments: [...state.payments.values()]
      .filter(({ receivedOn }) => counts(receivedOn))
      .map((payment) => paymentRecord(payment, accountId)),
    wallets: [...state.wallets.values()]
      .filter(({ openedAt }) => effective === undefined || !isBefore(at, openedAt))
      .map(({ id }) => walletDocument(state, id)),
    ledger: ledgerTotals(until === undefined ? state.book : bookOf(fold, until)),
    revision,
    position,
    recordedAt: recordedAt!,
    at,
  };
};

const bookOf = ({ movements }: AccountFold, until: LocalDate): Book => {
  const book: Book = new Map();
  for (const movement of movements) if (movement.bookedOn <= until) moveBook(book, movement);
  return book;
};

/** By currency and code, in alphabetical order. */
export const ledgerTotals = (book: Book): LedgerAccountTotals[] =>
  [...book].sort(byKey).flatMap(([currency, byCode]) =>
    [...byCode].sort(byKey).map(([code, balance]) => ({
      code,
      debits: money(balance.debitsPosted, currency),
      credits: money(balance.creditsPosted, currency),
      debitsPending: money(balance.debitsPending, currency),
      creditsPending: money(balance.creditsPending, currency),
    })),
  );

const byKey = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

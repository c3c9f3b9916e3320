import type { AccountId } from '#kernel';
import type { AccountFold } from '../account-fold.js';
import type { AccountSnapshot } from '../account-snapshot.js';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';
import type { ServedAccount } from './served-accounts.js';

/** What the read models should say of an account. */
export const replayed = (
  snapshot: AccountSnapshot,
  { transfers }: AccountFold,
  { readings, digest, lastRevision }: UsageFold,
): ServedAccount => ({
  account: { ...snapshot.account, revision: snapshot.revision },
  subscriptions: snapshot.subscriptions.map(({ status: _, ...subscription }) => subscription),
  invoices: snapshot.invoices,
  creditNotes: snapshot.creditNotes,
  payments: snapshot.payments,
  wallets: snapshot.wallets,
  ledger: snapshot.ledger,
  // Those that somebody asked for are compared as the ledger’s totals.
  transfers: transfers.filter(({ cause }) => cause.type !== 'transfer'),
  outstanding: Object.fromEntries(
    snapshot.invoices
      .filter(({ invoice: { status, amountDue } }) => status === 'open' && amountDue.minor !== 0n)
      .map(({ invoice: { invoiceId, amountDue, dueOn } }) => [invoiceId, { amount: amountDue, dueOn: dueOn! }]),
  ),
  usage: { count: readings.length, digest, lastRevision },
});

/** What they say otherwise. */
export const servedDifferences = (
  accountId: AccountId,
  expected: ServedAccount,
  found: ServedAccount | undefined,
): Difference[] => {
  if (!found) return differencesBetween(accountId, 'accounts', expected.account.accountId, null);
  const compared = (subject: string, of: (account: ServedAccount) => unknown): Difference[] =>
    differencesBetween(accountId, subject, of(expected), of(found));
  return [
    ...compared('accounts', ({ account }) => account),
    ...compared('subscriptions', ({ subscriptions }) => by(subscriptions, ({ subscriptionId }) => subscriptionId)),
    ...compared('invoices', ({ invoices }) => by(invoices, ({ invoice }) => invoice.invoiceId)),
    ...compared('credit-notes', ({ creditNotes }) => by(creditNotes, ({ creditNoteId }) => creditNoteId)),
    ...compared('payments', ({ payments }) => by(payments, ({ paymentId }) => paymentId)),
    ...compared('wallets', ({ wallets }) => by(wallets, ({ walletId }) => walletId)),
    ...compared('book', ({ ledger }) => by(ledger, ({ code }) => code)),
    ...compared('transfers', ({ transfers }) => by(transfers, ({ transferId }) => transferId)),
    ...compared('ar-aging', ({ outstanding }) => outstanding),
    ...compared('usage', ({ usage }) => usage),
  ];
};

const by = <Thing>(things: readonly Thing[], idOf: (thing: Thing) => string): Readonly<Record<string, Thing>> =>
  Object.fromEntries(things.map((thing) => [idOf(thing), thing]));
